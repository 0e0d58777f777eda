/** What cannot be seen of a workload is said by the rules that would have asked it, never left out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkPlan } from './check-plan.ts';
import { type Expectations, NO_EXPECTATIONS } from './expectations.ts';

const dir = mkdtempSync(join(tmpdir(), 'crosscheck-workloads-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function check(name: string, content: string, services: Expectations['services'] = {}) {
  writeFileSync(join(dir, name), content);
  const { findings, unknown, unreadable } = await checkPlan([join(dir, name)], { ...NO_EXPECTATIONS, services });
  expect(unreadable).toEqual([]);
  return { findings, unknown: unknown.map(({ rule, resource, message, reason }) => `${rule}: ${resource}: ${message}: ${reason}`).sort() };
}

const plan = (type: string, change: object) =>
  JSON.stringify({ format_version: '1.2', resource_changes: [{ address: `${type}.web`, type, change }] });

const web = {
  kind: 'ecs',
  cluster: 'main',
  name: 'web',
  platform: 'linux/amd64',
  environment: { DATABASE_HOST: {} },
} as const;

/** What four rules say of containers of `aws_ecs_task_definition.web` or `Task`. */
const unseen = (resource: string, image: string) => [
  `open-origins: ${resource}: origins in its settings: the environment is known after apply`,
  `pinned-images: ${resource}: image: ${image}`,
  `placeholder-url: ${resource}: addresses in its settings: the environment is known after apply`,
];

test('containers that Terraform knows after apply', async () => {
  const before = { family: 'web', container_definitions: JSON.stringify([{ name: 'web', environment: [{ name: 'A', value: '1' }] }]) };
  const content = plan('aws_ecs_task_definition', {
    actions: ['create', 'delete'],
    before,
    after: { family: 'web' },
    after_unknown: { container_definitions: true },
  });
  expect(await check('unknown.json', content, { web })).toEqual({
    findings: [],
    unknown: [
      ...unseen('aws_ecs_task_definition.web', 'known after apply'),
      'required-settings: aws_ecs_task_definition.web: DATABASE_HOST: the environment is known after apply',
      'required-settings: aws_ecs_task_definition.web: whether it keeps the settings of now: the environment is known after apply',
    ],
  });
});

test('containers that a configuration of Terraform has from a variable', async () => {
  const { findings, unknown } = await check(
    'main.tf',
    'resource "aws_ecs_task_definition" "web" {\n  family                = "web"\n  container_definitions = jsonencode(var.containers)\n}\n',
  );
  expect(findings).toEqual([]);
  expect(unknown).toEqual(unseen('aws_ecs_task_definition.web', 'var.containers, known when Terraform plans'));
});

test('containers that are no JSON', async () => {
  const content = plan('aws_ecs_task_definition', { actions: ['create'], after: { family: 'web', container_definitions: '{}' } });
  const { unknown } = await check('no-list.json', content);
  expect(unknown).toEqual(unseen('aws_ecs_task_definition.web', 'container_definitions is no list in JSON'));
});

test('one container of a template that stands there on a condition', async () => {
  const { findings, unknown } = await check(
    'template.yaml',
    `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - { Name: web, Image: 'upstream/web:1' }
        - !If [Traced, { Name: tracer, Image: 'upstream/tracer:1' }, !Ref AWS::NoValue]
`,
  );
  expect(findings.map(({ rule, resource, line }) => [rule, resource, line])).toEqual([['pinned-images', 'Task (container web)', 6]]);
  expect(unknown).toEqual(unseen('Task (container 2)', 'condition Traced'));
});

test('the environment of a function that is known after apply', async () => {
  const content = plan('aws_lambda_function', {
    actions: ['update'],
    before: { function_name: 'web', environment: [{ variables: { A: '1' } }] },
    after: { function_name: 'web', environment: [{}] },
    after_unknown: { environment: [{ variables: true }] },
  });
  const { unknown } = await check('function.json', content);
  expect(unknown).toEqual([
    'open-origins: aws_lambda_function.web: origins in its settings: the environment is known after apply',
    'placeholder-url: aws_lambda_function.web: addresses in its settings: the environment is known after apply',
    'required-settings: aws_lambda_function.web: whether it keeps the settings of now: the environment is known after apply',
  ]);
});

test('settings and secrets of a template that stand there on a condition', async () => {
  const template = (settings: string) => `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: web
          Image: 'upstream/web@sha256:${'ab'.repeat(32)}'
${settings}
`;
  const expected = (settings: string) => check('settings.yaml', template(settings), { web });
  const alsoOf = {
    Environment: [
      'open-origins: Task: origins in its settings: condition Stored',
      'placeholder-url: Task: addresses in its settings: condition Stored',
    ],
    Secrets: [],
  };
  for (const [key, also] of Object.entries(alsoOf)) {
    const { findings, unknown } = await expected(
      `          ${key}:\n            - !If [Stored, { Name: DATABASE_HOST, Value: x, ValueFrom: y }, !Ref AWS::NoValue]`,
    );
    expect(findings).toEqual([]);
    expect(unknown).toEqual([...also, 'required-settings: Task: DATABASE_HOST: condition Stored']);
  }
  const { findings } = await expected('          Environment:\n            - { Name: OTHER, Value: x }');
  expect(findings.map(({ message }) => message)).toEqual(['the required setting DATABASE_HOST is missing']);
});
