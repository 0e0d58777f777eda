/** Each rule has a fixture that breaks it, and a legal look-alike in which nothing at all is found. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPlan } from './check-plan.ts';
import { checkFolder, corpus } from './corpus.ts';
import { NO_EXPECTATIONS } from './expectations.ts';
import { planRules } from './rules.ts';

/** Rule → resource, expected and got of each finding of what breaks it. */
const caught: Readonly<Record<string, readonly string[]>> = {
  'name-limits': [
    'aws_lb.front: 1 to 32 characters (Elastic Load Balancing CreateLoadBalancer) / 34: "customer-portal-production-front-x"',
    'module.web.aws_apprunner_auto_scaling_configuration_version.this: 4 to 32 characters (App Runner CreateAutoScalingConfiguration) / 34: "customer-portal-production-scaling"',
  ],
  'engine-downgrade': ['aws_db_instance.shop: 15.12 or newer, since 15.12 runs / 15.7'],
  'image-platform': ['shop:1.4.0: linux/amd64 (where nothing else is said) / linux/arm64'],
  'image-digest': [
    'mirror:3.1: sha256:868c52f84aabd101b3ee6ddabdf41eaae387ac3451174b543a875363a879d70f (images.mirror.digest) / sha256:d938f19810cf19668deb76d889140de732013bfd60df8a65d39298ccf9362b91',
  ],
  'start-command': [
    'aws_apprunner_service.source: a start command, since it is built from source / none',
    'aws_apprunner_service.worker: "python -m worker" (services.worker.startCommand) / none',
  ],
  'placeholder-url': [
    'Backend: the address of the other part, such as an output of its stack / "https://frontend.example.com"',
    'Backend: the address of the other part, such as an output of its stack / "http://PLACEHOLDER"',
  ],
  'open-origins': [
    'Api: https origins by name / "*"',
    'Client: https origins by name / "http://localhost:3000/callback"',
    'Function: https origins by name / "http://shop.acme.io"',
  ],
  'required-settings': [
    'aws_ecs_task_definition.web (container web): DATABASE_HOST to be set (services.web.environment.DATABASE_HOST) / FEATURES',
    "aws_ecs_task_definition.web (container web): JSON that fits its schema (services.web.environment.FEATURES) / {}: / must have required property 'checkout'",
    'aws_lambda_function.jobs: JSON that holds something, as the one that is deployed now / {}',
  ],
  'pinned-images': [
    'aws_apprunner_service.latest: a digest, or the tag of a release / 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:latest',
    `aws_apprunner_service.mirror: sha256:${'cd'.repeat(32)} (images.mirror.digest) / sha256:${'ab'.repeat(32)}`,
    'aws_lambda_function.upstream: name@sha256:… of a registry that others write to / public.ecr.aws/docker/library/redis:7.2',
  ],
  'storage-connection': ['content.storage code: no connectionName, since the item is meant to be deployed directly / default.s3_shared'],
  'bundle-assets': [
    'content.quicksight Sales: quicksight/Sales.qs or quicksight/sales.qs in bundle-assets/breaks/artifacts/Orders.zip / none among 2 files',
  ],
  'deploy-mode': [
    'content.storage data: a connectionName to bundle from (--mode data=bundle) / none',
    'content.quicksight Sales: the file quicksight/sales.qs beside the manifest / none',
  ],
  'stage-connections': ['stages.prod: connection mlflow-server among those of the project / none of that name in its bootstrap'],
  'connector-network': [
    'Service: port 5432 of DatabaseGroup open to ServiceGroup / no such rule',
    'Service: subnets in AppVpc / subnets in OtherVpc',
    'Service: a VPC connector into the network of Database / none',
  ],
  'dependency-cycle': [
    'aws_apprunner_service.backend: an order in which each is made after what it needs / aws_apprunner_service.backend → local.frontend_url → module.frontend.output.url → module.frontend.aws_apprunner_service.this → module.frontend.var.backend_url → aws_apprunner_service.backend',
    'Backend: an order in which each is made after what it needs / Backend → Frontend → Backend',
  ],
  'vpc-endpoint-exists': [
    'aws_vpc_endpoint.named: none in vpc-0b2 for com.amazonaws.us-east-1.ecr.api yet / the target is one',
    'aws_vpc_endpoint.secrets: none in vpc-0a1 for com.amazonaws.us-east-1.secretsmanager yet / data.aws_vpc_endpoint.secrets is one',
  ],
};

describe.each(planRules.map((rule) => ({ rule, id: rule.id })))('$id', ({ rule }) => {
  const folder = join(corpus, rule.id);

  test('catches what breaks it, and says what was expected and what came', async () => {
    const { findings, unreadable } = await checkFolder(folder, 'breaks');
    expect(unreadable).toEqual([]);
    const own = findings.filter((finding) => finding.rule === rule.id);
    expect(own.map(({ resource, expected, got }) => `${resource}: ${expected} / ${got}`.replace(`${corpus}/`, ''))).toEqual(
      caught[rule.id],
    );
    for (const { mend, message } of own) expect([mend, message]).not.toContain('');
    expect(findings.filter((finding) => finding.rule !== rule.id)).toEqual([]);
  });

  test('finds nothing in the legal look-alike', async () => {
    const { findings, unreadable, inputs } = await checkFolder(folder, 'legal');
    expect({ findings, unreadable }).toEqual({ findings: [], unreadable: [] });
    expect(inputs).not.toEqual([]);
  });
});

test('what is known after apply only is listed, and is no finding', async () => {
  const names = await checkFolder(join(corpus, 'name-limits'), 'legal');
  expect(names.unknown.map(({ resource, reason }) => [resource, reason])).toEqual([['aws_lb.front', 'known after apply']]);
  const versions = await checkFolder(join(corpus, 'engine-downgrade'), 'legal');
  expect(versions.unknown.map(({ resource, message }) => [resource, message])).toEqual([
    ['aws_db_instance.later', 'engine_version, 15.7 now'],
  ]);
});

test('localhost is legal in a dev stage, and a wildcard is not', async () => {
  const folder = join(corpus, 'open-origins');
  const { findings } = await checkPlan([join(folder, 'breaks.yaml')], { ...NO_EXPECTATIONS, stage: 'dev' });
  expect(findings.map(({ resource, line, got }) => [resource, line, got])).toEqual([
    ['Api', 12, '"*"'],
    ['Function', 25, '"http://shop.acme.io"'],
  ]);
});
