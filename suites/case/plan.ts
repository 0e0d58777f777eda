/** The plan: every case of every suite file, named and counted before the first one runs. */
import { createHash } from 'node:crypto';
import type { Backend } from '../../backends/backend.ts';
import { type OperationName, operationNames } from '../../backends/operations.ts';
import type { BackendName } from '../../backends/quilt-ops.ts';
import { type Resource, type ResourceKind, resourcesOf, type Target } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { isFor, type ResourceCheck } from './resource-check.ts';
import { type PairScenario, type Scenario, speakerOf } from './scenario.ts';
import { waits } from './side.ts';
import type { SuiteFile } from './suite-files.ts';
import { SuiteFileError } from './suite-files.ts';
import type { Feature } from './world.ts';

/** What a plan is made for. */
export interface PlanOptions {
  readonly target: Pick<Target, 'hasPlatform' | 'deployment'>;
  readonly backends: readonly Backend[];
  /** Feature → true, or why the target lacks it. */
  readonly features: Readonly<Record<Feature, true | string>>;
  /** Areas (`parity`) or scenarios (`parity/…`) to run; all when empty. */
  readonly suites: readonly string[];
  /** Text that a case's id or title must contain. */
  readonly grep: string | null;
  readonly tags: readonly string[];
  /** Ids to run and no others, or null. */
  readonly ids: ReadonlySet<string> | null;
  readonly shard: { readonly index: number; readonly count: number } | null;
}

const ID = /^[a-z0-9.~:=/-]+$/;
const DEFAULT_DEADLINE_MS = 20_000;

/** Every case that the options select, sorted by file and id. Throws SuiteFileError for a bad or doubled id. */
export function planCases(files: readonly SuiteFile[], options: PlanOptions): readonly PlannedCase[] {
  const all = files.filter((file) => inShard(file.file, options.shard)).flatMap((file) => casesOf(file, options));
  const seen = new Map<string, string>();
  for (const { id, file } of all) {
    if (!ID.test(id)) throw new SuiteFileError(`${file}: case id: expected characters of [a-z0-9.~:=/-], got ${id}`);
    const other = seen.get(id);
    if (other !== undefined) throw new SuiteFileError(`${file}: case id ${id}: expected to be unique, got it from ${other} too`);
    seen.set(id, file);
  }
  return all.filter((planned) => selected(planned, options));
}

/** Shards go by file, by a hash of its path, so that a scenario keeps all its backends in one shard. */
function inShard(file: string, shard: PlanOptions['shard']): boolean {
  if (shard === null) return true;
  return createHash('sha256').update(file).digest().readUInt32BE(0) % shard.count === shard.index - 1;
}

function selected(planned: PlannedCase, { suites, grep, tags, ids }: PlanOptions): boolean {
  if (ids !== null && !ids.has(planned.id)) return false;
  if (suites.length > 0 && !suites.some((s) => planned.suite === s || planned.scenario === s || planned.id === s)) return false;
  if (grep !== null && !planned.id.includes(grep) && !planned.title.includes(grep)) return false;
  return tags.every((tag) => planned.tags.includes(tag) || planned.incidents.includes(tag));
}

function casesOf(file: SuiteFile, options: PlanOptions): readonly PlannedCase[] {
  const { suite } = file;
  refuseEmpty(file);
  const base = {
    suite: file.area,
    scenario: file.scenario,
    title: suite.title,
    file: file.file,
    level: suite.level,
    tags: suite.tags ?? [],
    incidents: suite.incidents ?? [],
    deadlineMs: suite.deadlineMs ?? DEFAULT_DEADLINE_MS,
  };
  const named = (first: string | null, parameters: Readonly<Record<string, string>>) =>
    [file.scenario, ...(first === null ? [] : [first]), ...Object.entries(parameters).map(([axis, value]) => `${axis}:${value}`)].join('/');

  if (suite.kind === 'resource') {
    // What is in progress may take as long as the target says, on top of asking.
    const settling = (options.target.deployment.aws?.settleSeconds ?? 0) * 1000;
    const one = { ...base, backend: null, operations: [], deadlineMs: base.deadlineMs + settling };
    const resources = resourcesOf(options.target.deployment, suite.of);
    // A check that has nothing to ask still says so.
    if (!Object.values(resources).some((resource) => isFor(suite, resource)))
      return [{ ...one, id: file.scenario, parameters: {}, unsupported: nothingOf(suite) }];
    const lacking = suite.writes === true ? lackedFeatures(['write'], options.features).join('; ') || null : null;
    return Object.entries(resources)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, resource]) => ({
        ...one,
        ...partsOf(suite, resource),
        id: named(null, { [kebab(suite.of)]: label }),
        parameters: { [suite.of]: label },
        unsupported: isFor(suite, resource) ? lacking : `${suite.of}.${label} is not among those ${suite.when?.of}`,
      }));
  }
  if (suite.kind === 'check') {
    return suite.points().map((at) => ({
      ...base,
      id: named(null, at),
      backend: null,
      operations: [],
      parameters: at,
      unsupported: [...lackedPlatform(options), ...lackedFeatures(suite.requires ?? [], options.features)].join('; ') || null,
    }));
  }
  const operations = suite.needs.filter((need): need is OperationName => (operationNames as readonly string[]).includes(need));
  return pointsOf(suite).flatMap((at) => {
    const story = { ...base, operations, parameters: at, ...(waits(suite, at) && { waits: true as const }) };
    if (suite.kind === 'interop') {
      return pairsOf(options.backends, true).map(([writer, reader]) => ({
        ...story,
        id: named(`writer:${writer.name}/reader:${reader.name}`, at),
        backend: `${writer.name}~${reader.name}`,
        unsupported: lacks(suite, at, [writer, reader], options),
      }));
    }
    return [
      ...options.backends.map((backend) => ({
        ...story,
        id: named(`backend:${backend.name}`, at),
        backend: backend.name,
        unsupported: lacks(suite, at, [backend], options),
      })),
      ...pairsOf(options.backends, false).map(([a, b]) => ({
        ...story,
        id: named(`agree:${a.name}~${b.name}`, at),
        backend: `${a.name}~${b.name}`,
        unsupported: lacks(suite, at, [a, b], options),
      })),
    ];
  });
}

/** A suite that has no case, or says that it needs nothing, would be silent: throws SuiteFileError. */
function refuseEmpty({ file, suite }: SuiteFile): void {
  if (suite.kind === 'resource') return;
  const points = suite.kind === 'check' ? suite.points() : pointsOf(suite);
  if (points.length === 0) throw new SuiteFileError(`${file}: expected at least one point to ask for, got none`);
  if (suite.kind !== 'check' && suite.needs.length === 0)
    throw new SuiteFileError(`${file}: needs: expected the operations that it calls, got none`);
}

/** Every point of a scenario's own axes; one empty point when it has none. */
function pointsOf({ axes = {} }: Scenario | PairScenario): readonly Readonly<Record<string, string>>[] {
  return Object.entries(axes).reduce<Readonly<Record<string, string>>[]>(
    (points, [axis, values]) => points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value }))),
    [{}],
  );
}

function pairsOf(backends: readonly Backend[], ordered: boolean): readonly (readonly [Backend, Backend])[] {
  return backends.flatMap((a, i) => backends.flatMap((b, j) => ((ordered ? i !== j : i < j) ? [[a, b] as const] : [])));
}

/** Why the case cannot be asked, or null. */
function lacks(
  suite: Scenario | PairScenario,
  at: Readonly<Record<string, string>>,
  backends: readonly Backend[],
  options: PlanOptions,
): string | null {
  const needed = new Set<Feature>([
    ...(suite.readsOnly === true ? [] : (['write'] as const)),
    ...(suite.requires ?? []),
    ...impliedBy(suite),
  ]);
  const reasons = [...lackedPlatform(options), ...lackedFeatures([...needed], options.features)];
  // On every axis `hang` is the point at which an answer never comes.
  const withheld = Object.values(at).includes('hang') ? (['answer:withheld'] as const) : [];
  for (const backend of backends) {
    if (suite.only !== undefined && !suite.only.backends.includes(backend.name as BackendName))
      reasons.push(`not for ${backend.name}: ${suite.only.because}`);
    const writes = suite.kind === 'interop' && backend === backends[0] ? (suite.writerNeeds ?? []) : [];
    for (const need of [...suite.needs, ...writes, ...withheld]) {
      const support = backend.supports[need];
      if (support !== true) reasons.push(`${backend.name} lacks ${need}: ${support.no}`);
    }
  }
  return reasons.length === 0 ? null : reasons.join('; ');
}

/** What a story needs without saying so: a token of who speaks in it, and a tenant as it wants it. */
function impliedBy(suite: Scenario | PairScenario): readonly Feature[] {
  const speaker = speakerOf(suite);
  const { buckets = 1, ...rest } = suite.tenant ?? {};
  return [
    ...(speaker === 'nobody' ? [] : [`${speaker}-token` as const]),
    ...(buckets > 1 ? (['second-bucket'] as const) : []),
    // Sizes of pages and lives of tokens: a story about them says nothing where they are not as it has them.
    ...(Object.keys(rest).length > 0 ? (['control'] as const) : []),
  ];
}

/** What a story or a check of the platform lacks on a target that has none: everything. */
function lackedPlatform({ target }: PlanOptions): readonly string[] {
  return target.hasPlatform ? [] : ['the target names no catalog, registry and s3'];
}

function partsOf(suite: ResourceCheck, resource: Resource<ResourceKind>): Pick<PlannedCase, 'parts'> {
  const needed = isFor(suite, resource) ? (suite.parts?.(resource) ?? []) : [];
  return needed.length === 0 ? {} : { parts: needed };
}

const kebab = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

function nothingOf({ of, when }: ResourceCheck): string {
  return `the target names no ${of}${when === undefined ? '' : ` ${when.of}`}`;
}

function lackedFeatures(needed: readonly Feature[], features: PlanOptions['features']): string[] {
  return needed.flatMap((feature) => {
    const has = features[feature];
    return has === true ? [] : [`needs ${feature}: ${has}`];
  });
}
