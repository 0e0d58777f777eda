/** A run prints the AWS calls of all its cases as one policy, and counts what was throttled. */
import { expect, test } from 'vitest';
import { toJson } from '../../reports/json.ts';
import { sampleJudged, sampleRecord, sampleResult } from '../../reports/sample-run.ts';
import { renderSummary } from '../../reports/summary.ts';
import { awsPolicyOf } from './aws-policy.ts';

const asked = (id: string, calls: Readonly<Record<string, number>>, retries?: number) =>
  sampleJudged(id, 'passed', { result: sampleResult(id, { calls, ...(retries !== undefined && { retries }) }) });
const judged = [
  asked('stack/a', { 'aws ecs:DescribeServices localhost:1': 2, 'rest GET /health localhost:2': 1 }, 3),
  asked('stack/b', { 'aws ecs:DescribeServices localhost:1': 1, 'aws s3:GetBucketEncryption localhost:1': 1 }, 2),
];
const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['ecs:DescribeServices', 's3:GetEncryptionConfiguration'], Resource: '*' }],
};

test('the policy is in the summary and in the JSON, with the retries beside it', () => {
  const awsPolicy = awsPolicyOf(judged);
  expect(awsPolicy).toEqual(policy);
  const options = { color: false, width: 100, since: null, previousRunId: null, report: null, troubles: [], awsPolicy };
  const text = renderSummary(sampleRecord([]), judged, options);
  expect(text).toContain(`no other\n${JSON.stringify(policy)}\nthrottled requests that were sent again: 5\n`);
  expect(toJson(sampleRecord([]), judged, null, awsPolicy)).toMatchObject({ awsPolicy: policy });
});

test('a run that called no AWS prints none', () => {
  expect(awsPolicyOf([asked('parity/a', { 's3 GetObject localhost:1': 1 })])).toBeNull();
  expect(toJson(sampleRecord([]), judged, null)).not.toHaveProperty('awsPolicy');
});
