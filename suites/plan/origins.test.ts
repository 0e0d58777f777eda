/** Where origins are found, and which of them may only read. */
import { expect, test } from 'vitest';
import { originsOf } from './origins.ts';
import type { Infrastructure, PlannedResource } from './plan-input.ts';
import { type Fields, Unknown } from './value.ts';

const place = { file: 'plan.json', line: null, column: null };
const resource = (type: string, values: Fields): PlannedResource => ({
  address: `${type}.r`,
  type,
  action: 'create',
  values,
  before: null,
  place: () => place,
  isSensitive: () => false,
});
const input = (...resources: readonly PlannedResource[]): Infrastructure => ({
  form: 'infrastructure',
  format: 'Terraform plan',
  path: 'plan.json',
  resources,
  existing: [],
  cycles: [],
});
const found = (one: PlannedResource) =>
  originsOf(input(one), () => []).map(({ name, value, readsOnly }) => [name, value, readsOnly] as const);

test('a rule of S3 with GET and HEAD alone only reads, in both languages', () => {
  const rule = (methods: readonly string[]) => ({ allowed_origins: ['*'], allowed_methods: methods });
  expect(
    found(resource('aws_s3_bucket_cors_configuration', { cors_rule: [rule(['GET', 'HEAD']), rule(['GET', 'PUT']), rule([])] })),
  ).toEqual([
    ['cors_rule.*.allowed_origins', '*', true],
    ['cors_rule.*.allowed_origins', '*', false],
    ['cors_rule.*.allowed_origins', '*', false],
  ]);
  expect(
    found(
      resource('AWS::S3::Bucket', {
        CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://a.acme.io', '*'], AllowedMethods: ['GET'] }] },
      }),
    ),
  ).toEqual([
    ['CorsConfiguration.CorsRules.*.AllowedOrigins', 'https://a.acme.io', true],
    ['CorsConfiguration.CorsRules.*.AllowedOrigins', '*', true],
  ]);
});

test('what is not known is found as such, and what is no text is no origin', () => {
  const later = new Unknown('known after apply');
  expect(found(resource('aws_s3_bucket', { cors_rule: [{ allowed_origins: later, allowed_methods: ['GET'] }] }))).toEqual([
    ['cors_rule.*.allowed_origins', later, false],
  ]);
  expect(found(resource('AWS::Serverless::Api', { Cors: { AllowOrigin: "'*'" } }))).toEqual([['Cors.AllowOrigin', "'*'", false]]);
  expect(found(resource('AWS::Serverless::Api', { Cors: "'*'" }))).toEqual([['Cors', "'*'", false]]);
});

test.each([
  '["https://a.io","https://b.io"]',
  'https://a.io, https://b.io',
  'https://a.io;https://b.io',
  "['https://a.io' 'https://b.io']",
])('a variable that lists them: %s', (text) => {
  const values = { function_name: 'f', environment: [{ variables: { ALLOWED_ORIGINS: text, OTHER: 'x' } }] };
  expect(found(resource('aws_lambda_function', values)).map(([name, value]) => [name, value])).toEqual([
    ['ALLOWED_ORIGINS', 'https://a.io'],
    ['ALLOWED_ORIGINS', 'https://b.io'],
  ]);
});
