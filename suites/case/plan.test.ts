import { describe, expect, test } from 'vitest';
import type { Backend } from '../../backends/backend.ts';
import type { BackendName, SupportTable } from '../../backends/quilt-ops.ts';
import { deploymentSchema } from '../../fixtures/target-schema.ts';
import { check } from './check.ts';
import { type PlanOptions, planCases } from './plan.ts';
import { resourceCheck } from './resource-check.ts';
import { interop, scenario } from './scenario.ts';
import type { Suite, SuiteFile } from './suite-files.ts';
import type { Feature } from './world.ts';

const all = new Proxy({}, { get: () => true }) as SupportTable;
const backend = (name: BackendName, supports: SupportTable = all): Backend => ({
  name,
  subject: 'ours',
  supports,
  open: () => Promise.reject(new Error('not opened')),
});
const features = {
  control: true,
  'own-registry': true,
  'own-bucket': true,
  'second-bucket': true,
  'second-tenant': true,
  'unknown-bucket': true,
  'schema-snapshot': true,
  write: true,
  'user-token': true,
  'admin-token': true,
} satisfies Record<Feature, true>;
const options: PlanOptions = {
  target: { hasPlatform: true, deployment: deploymentSchema.parse({}) },
  backends: [backend('quilt3'), backend('platform')],
  features,
  suites: [],
  grep: null,
  tags: [],
  ids: null,
  shard: null,
};
const file = (name: string, suite: Suite): SuiteFile => ({
  file: `suites/${name}.suite.ts`,
  area: name.split('/')[0] ?? '',
  scenario: name,
  suite,
});
const story = (changes: Partial<Parameters<typeof scenario>[0]> = {}) =>
  scenario({ title: 't', level: 'must', needs: ['browse'], run: async () => undefined, ...changes });
const idsOf = (...args: Parameters<typeof planCases>) => planCases(...args).map(({ id }) => id);

describe('ids', () => {
  test('a scenario is one case for each backend and one agreement for each pair, at each point of its axes', () => {
    expect(idsOf([file('parity/a', story({ axes: { size: ['1', '2'] } }))], options)).toEqual([
      'parity/a/backend:quilt3/size:1',
      'parity/a/backend:platform/size:1',
      'parity/a/agree:quilt3~platform/size:1',
      'parity/a/backend:quilt3/size:2',
      'parity/a/backend:platform/size:2',
      'parity/a/agree:quilt3~platform/size:2',
    ]);
  });
  test('an interop scenario is one case for each ordered pair', () => {
    const suite = interop({ title: 't', level: 'must', needs: ['browse'], run: async () => undefined });
    expect(idsOf([file('interop/a', suite)], options)).toEqual([
      'interop/a/writer:quilt3/reader:platform',
      'interop/a/writer:platform/reader:quilt3',
    ]);
  });
  test('a check is one case for each point', () => {
    const suite = check({ title: 't', level: 'must', points: () => [{ document: 'a' }, { document: 'b' }], ask: async () => [] });
    expect(idsOf([file('contract/a', suite)], options)).toEqual(['contract/a/document:a', 'contract/a/document:b']);
  });
  test('a suite without any case is refused with the file: it would pass without being there', () => {
    const none = check({ title: 'asks', level: 'must', points: () => [], ask: async () => [] });
    expect(() => planCases([file('contract/none', none)], options)).toThrow(/contract\/none.*expected at least one point/);
    expect(() => planCases([file('parity/none', story({ axes: { size: [] } }))], options)).toThrow(/parity\/none.*expected at least one/);
    expect(() => planCases([file('parity/none', story({ needs: [] }))], options)).toThrow(/needs/);
  });

  test('an id out of the alphabet, and one that stands twice, are refused with the file', () => {
    expect(() => planCases([file('parity/a', story({ axes: { size: ['ONE'] } }))], options)).toThrow('suites/parity/a.suite.ts: case id');
    expect(() => planCases([file('parity/a', story()), file('parity/a', story())], options)).toThrow('unique');
  });
});

describe('unsupported', () => {
  const reasonsOf = (suite: Suite, changes: Partial<PlanOptions> = {}) =>
    planCases([file('parity/a', suite)], { ...options, ...changes }).map(({ unsupported }) => unsupported);
  test('an operation or a parameter value that a backend lacks is named with its reason, in its own case and in the agreement', () => {
    const lacking = backend('platform', {
      ...new Proxy({}, { get: () => true }),
      browse: { no: 'it cannot look' },
    } as unknown as SupportTable);
    const supports = new Proxy({}, { get: (_, name) => (name === 'browse' ? { no: 'it cannot look' } : true) }) as SupportTable;
    const backends = [backend('quilt3'), { ...lacking, supports }];
    expect(reasonsOf(story(), { backends })).toEqual([
      null,
      'platform lacks browse: it cannot look',
      'platform lacks browse: it cannot look',
    ]);
  });
  test('a feature that the target lacks is named', () => {
    const without = { ...features, control: 'a deployment has none' };
    expect(reasonsOf(story({ requires: ['control'] }), { features: without })[0]).toBe('needs control: a deployment has none');
  });
  test('a scenario that writes is unsupported where nothing may be written, one that reads only is not', () => {
    const without = { ...features, write: 'writes: never' };
    expect(reasonsOf(story(), { features: without })[0]).toBe('needs write: writes: never');
    expect(reasonsOf(story({ readsOnly: true }), { features: without })[0]).toBeNull();
  });
  test('who speaks needs a token, a second bucket needs one, and a tenant of other sizes a control endpoint, without being said', () => {
    const lacking = Object.fromEntries(Object.keys(features).map((feature) => [feature, 'none'])) as Record<Feature, string>;
    const needed = (changes: Parameters<typeof story>[0]) =>
      (reasonsOf(story({ readsOnly: true, ...changes }), { features: lacking })[0] ?? '').split('; ');
    expect(needed({})).toEqual(['needs user-token: none']);
    expect(needed({ as: 'admin' })).toEqual(['needs admin-token: none']);
    expect(needed({ as: 'nobody', tenant: { buckets: 2 } })).toEqual(['needs second-bucket: none']);
    expect(needed({ as: 'nobody', tenant: { buckets: 1, s3PageCap: 5 } })).toEqual(['needs control: none']);
  });
});

describe('checks of resources', () => {
  const check = resourceCheck({
    title: 't',
    level: 'must',
    incidents: [],
    of: 'services',
    when: { of: 'of kind ecs', is: ({ kind }) => kind === 'ecs' },
    parts: () => ['postgres'],
    ask: async () => [],
  });
  const web = { kind: 'ecs', cluster: 'shop', name: 'web' };
  const api = { kind: 'apprunner', arn: 'arn:aws:apprunner:us-east-1:123456789012:service/api/1' };
  const planned = (services: object) =>
    planCases([file('stack/a', check as unknown as Suite)], {
      ...options,
      target: { hasPlatform: false, deployment: deploymentSchema.parse({ services }) },
    }).map(({ id, unsupported, parts }) => [id, unsupported, parts]);
  test('one case for each resource, and why one is not asked', () => {
    expect(planned({ web, api })).toEqual([
      ['stack/a/services:api', 'services.api is not among those of kind ecs', undefined],
      ['stack/a/services:web', null, ['postgres']],
    ]);
  });
  test.each([{}, { api }])('one that says why where there is none to ask: %j', (services) => {
    expect(planned(services)).toEqual([['stack/a', 'the target names no services of kind ecs', undefined]]);
  });
});

describe('selection', () => {
  const files = [
    file('parity/a', story({ incidents: ['P-10'] })),
    file('parity/b', story({ tags: ['catalog'] })),
    file('contract/c', story()),
  ];
  test('by area, scenario, id, text, tag and incident', () => {
    const scenarios = (changes: Partial<PlanOptions>) => [
      ...new Set(planCases(files, { ...options, ...changes }).map(({ scenario: name }) => name)),
    ];
    expect(scenarios({ suites: ['parity'] })).toEqual(['parity/a', 'parity/b']);
    expect(scenarios({ suites: ['parity/b', 'contract'] })).toEqual(['parity/b', 'contract/c']);
    expect(scenarios({ grep: 'a/backend' })).toEqual(['parity/a']);
    expect(scenarios({ tags: ['P-10'] })).toEqual(['parity/a']);
    expect(scenarios({ tags: ['catalog'] })).toEqual(['parity/b']);
    expect(scenarios({ ids: new Set(['parity/b/backend:quilt3']) })).toEqual(['parity/b']);
    expect(scenarios({ grep: 'nothing has this' })).toEqual([]);
  });
  test('shards part the files: each case is in exactly one, a scenario never in two', () => {
    const many = Array.from({ length: 60 }, (_, i) => file(`parity/s${i}`, story()));
    const whole = idsOf(many, options);
    const parts = [1, 2, 3].map((index) => idsOf(many, { ...options, shard: { index, count: 3 } }));
    expect(parts.flat().sort()).toEqual([...whole].sort());
    expect(parts.every((part) => part.length > 0)).toBe(true);
  });
});
