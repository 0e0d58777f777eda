/** No finding of any rule tells what a setting holds, or what Terraform marks as sensitive. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkPlan } from './check-plan.ts';
import { type Expectations, NO_EXPECTATIONS } from './expectations.ts';

const CANARY = 'c4n4ry';
const dir = mkdtempSync(join(tmpdir(), 'crosscheck-canaries-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Change {
  readonly type: string;
  readonly before?: object;
  readonly after: object;
}

/** Checks a plan of one resource each, `sensitive` as a whole or not at all. */
async function check(changes: readonly Change[], sensitive: boolean, expected: Partial<Expectations>) {
  const path = join(dir, `${sensitive ? 'sensitive' : 'plain'}.json`);
  const resource_changes = changes.map(({ type, before, after }, index) => ({
    address: `${type}.r${index}`,
    type,
    change: {
      actions: [before === undefined ? 'create' : 'update'],
      before: before ?? null,
      after,
      before_sensitive: sensitive,
      after_sensitive: sensitive,
    },
  }));
  writeFileSync(path, JSON.stringify({ format_version: '1.2', resource_changes }));
  const result = await checkPlan([path], { ...NO_EXPECTATIONS, ...expected });
  expect(result.unreadable).toEqual([]);
  return { rules: [...new Set(result.findings.map(({ rule }) => rule))].sort(), findings: result.findings, said: JSON.stringify(result) };
}

/** Each is a secret in a form of its own: text, URL, number, JSON that is nothing, JSON that holds something. */
const secrets = {
  PLAIN: CANARY,
  QUOTED: JSON.stringify(CANARY),
  NUMBER: '4815162342',
  LISTED: JSON.stringify([CANARY]),
  MATCHED: CANARY,
  SHAPED: JSON.stringify({ mode: CANARY, more: CANARY }),
  DATABASE_URL: `postgres://user:${CANARY}@db.example.com:5432/${CANARY}?password=${CANARY}`,
  DATABASE_HOST: `user:${CANARY}@db.example.com:5432`,
  CALLBACK_URL: `https://api.acme.io/${CANARY}/changeme?token=${CANARY}`,
  ALLOWED_ORIGINS: `http://user:${CANARY}@shop.acme.io?token=${CANARY},*`,
};
/** Each held something before, and another secret. */
const earlier = Object.fromEntries([...Object.keys(secrets), 'GONE'].map((name) => [name, JSON.stringify({ old: CANARY })]));

const asList = (settings: Readonly<Record<string, string>>) => Object.entries(settings).map(([name, value]) => ({ name, value }));
const apprunner = (settings: object, start_command?: string) => ({
  service_name: 'website',
  source_configuration: [
    {
      image_repository: [{ image_identifier: 'x:1', image_configuration: [{ runtime_environment_variables: settings, start_command }] }],
    },
  ],
});
const ecs = (settings: Readonly<Record<string, string>>) => ({
  family: 'api',
  container_definitions: JSON.stringify([{ name: 'api', image: 'x:1', environment: asList(settings) }]),
});
const lambda = (settings: object) => ({ function_name: 'jobs', environment: [{ variables: settings }] });

const environment = {
  PLAIN: { equals: 'another' },
  MATCHED: { matches: '^[0-9]+$' },
  SHAPED: { json: { properties: { mode: { enum: ['a', 'b'] } }, required: ['kind'], additionalProperties: false } },
};

test('what settings hold, before and after', async () => {
  const { rules, findings, said } = await check(
    [
      { type: 'aws_apprunner_service', before: apprunner(earlier), after: apprunner(secrets) },
      { type: 'aws_ecs_task_definition', before: ecs(earlier), after: ecs(secrets) },
      { type: 'aws_lambda_function', before: lambda(earlier), after: lambda(secrets) },
    ],
    false,
    {
      services: {
        api: { kind: 'ecs', cluster: 'main', name: 'api', platform: 'linux/amd64', environment },
      },
    },
  );
  expect(said).not.toContain(CANARY);
  expect(said).not.toContain(secrets.NUMBER);
  expect(rules).toEqual(['open-origins', 'pinned-images', 'placeholder-url', 'required-settings']);
  const losses = findings.filter(({ resource, rule }) => resource === 'aws_lambda_function.r2' && rule === 'required-settings');
  expect(losses.map(({ message, got }) => [/setting (\S+)/.exec(message)?.[1], got])).toEqual(
    expect.arrayContaining([
      ['PLAIN', `a text of ${CANARY.length} characters that is no JSON`],
      ['QUOTED', 'a string'],
      ['NUMBER', 'a number'],
      ['GONE', 'none'],
    ]),
  );
  const placeholders = findings.filter(({ resource, rule }) => resource === 'aws_lambda_function.r2' && rule === 'placeholder-url');
  expect(placeholders.map(({ message, got }) => [message.split(' ')[0], got])).toEqual([
    ['DATABASE_URL', '"postgres://db.example.com"'],
    ['DATABASE_HOST', '"db.example.com"'],
    ['CALLBACK_URL', '"changeme"'],
  ]);
  expect(findings.filter(({ message }) => message.startsWith('the required setting'))).toHaveLength(3);
});

test('what is marked as sensitive, whatever rule asks for it', async () => {
  const { rules, said } = await check(
    [
      { type: 'aws_lb', after: { name: CANARY.repeat(8) } },
      { type: 'aws_db_instance', before: { engine_version: `15.12-${CANARY}` }, after: { engine_version: `15.7-${CANARY}` } },
      { type: 'aws_opensearch_domain', before: { engine_version: '815.162' }, after: { engine_version: '815.16' } },
      { type: 'aws_lambda_function', after: { function_name: 'mirror', image_uri: `${CANARY}/redis@sha256:${CANARY}` } },
      { type: 'aws_apprunner_service', after: apprunner({ API_URL: `https://${CANARY}.example.com` }, `serve ${CANARY}`) },
      { type: 'aws_cognito_user_pool_client', after: { callback_urls: [`http://${CANARY}.acme.io`] } },
      ...[1, 2].map(() => ({
        type: 'aws_vpc_endpoint',
        after: { vpc_id: `vpc-${CANARY}`, service_name: CANARY, vpc_endpoint_type: 'Interface', private_dns_enabled: true },
      })),
    ],
    true,
    {
      services: {
        website: { kind: 'apprunner', arn: 'website', startCommand: 'serve', platform: 'linux/amd64', environment: {} },
      },
    },
  );
  expect(said).not.toContain(CANARY);
  expect(said).not.toContain('815.16');
  expect(rules).toEqual([
    'engine-downgrade',
    'name-limits',
    'open-origins',
    'pinned-images',
    'placeholder-url',
    'start-command',
    'vpc-endpoint-exists',
  ]);
});
