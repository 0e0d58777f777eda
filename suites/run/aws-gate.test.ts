/** In another account, region or stage nothing else runs (D-33); an AWS that gives no answer is asked twice, not once a case. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { scriptedServer } from '../../backends/wire/scripted-server.ts';
import { type AwsControl, createAwsControl } from '../../fixtures/aws-control-client.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { type Target, targetOfLine } from '../../fixtures/target.ts';
import { samplePlanned, sampleResult } from '../../reports/sample-run.ts';
import { loadSuite, type Suite } from '../case/suite-files.ts';
import { ACCOUNT_CASE } from '../stack/account-facts.ts';
import { createAwsGate } from './aws-gate.ts';

let child: EmbeddedChild;
let control: AwsControl;
let target: Target;
let ofAws: Suite;
let ofPlatform: Suite;
beforeAll(async () => {
  child = await startEmbeddedChild();
  control = createAwsControl(child.line.controlUrl);
  target = targetOfLine(child.line);
  ofAws = (await loadSuite('suites/stack/stack-is-complete.suite.ts')).suite;
  ofPlatform = { ...ofAws, kind: 'check', points: () => [] } as unknown as Suite;
});
afterEach(async () => {
  await control.restore();
  await control.clearFaults();
});
afterAll(() => child[Symbol.asyncDispose]());

const planned = samplePlanned('stack/stack-is-complete/stacks:shop');

test('where all is as the target says, everything runs, and AWS was asked once', async () => {
  await control.forgetCalls();
  const gate = createAwsGate(target);
  for (const suite of [ofAws, ofPlatform, ofAws]) expect(await gate.before(planned, suite, 'command')).toBeNull();
  expect((await control.calls()).calls).toEqual({ 'cloudformation:DescribeStacks': 1, 'sts:GetCallerIdentity': 1 });
});

test.each([
  ['account', '/account', '999999999999', 'expected 123456789012, got 999999999999'],
  ['region', '/region', 'eu-west-1', 'expected us-east-1, got eu-west-1'],
  ['stage', '/cloudformation/stacks/shop/Tags/stage', 'dev', 'expected prod, got dev'],
])('in another %s nothing runs but the case that says so', async (_what, pointer, value, says) => {
  await control.patch({ edits: [{ pointer, value }] });
  const gate = createAwsGate(target);
  for (const suite of [ofAws, ofPlatform]) {
    const result = await gate.before(planned, suite, 'command');
    expect(result).toMatchObject({ verdict: 'not-run', message: expect.stringContaining(`not run: ${ACCOUNT_CASE} failed: `) });
    expect(result?.message).toContain(says);
  }
  expect(await gate.before(samplePlanned(ACCOUNT_CASE), ofAws, 'command')).toBeNull();
});

test('that AWS refuses to tell is no other account', async () => {
  await control.fault({ operation: 'sts:*', answer: { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 } });
  expect(await createAwsGate(target).before(planned, ofAws, 'command')).toBeNull();
});

const at = (endpoint: string): Target => ({ ...target, deployment: { ...target.deployment, aws: { endpoint, settleSeconds: 0 } } });

test('an endpoint that is gone stops what asks AWS, and nothing else', async () => {
  const gate = createAwsGate(at('http://127.0.0.1:9'));
  expect(await gate.before(planned, ofPlatform, 'command')).toBeNull();
  expect(await gate.before(planned, ofAws, 'command')).toMatchObject({
    verdict: 'not-run',
    message: expect.stringContaining('AWS gives no answer'),
  });
  expect(await gate.before(samplePlanned(ACCOUNT_CASE), ofAws, 'command')).toBeNull();
});

test('what is asked over HTTP alone waits for AWS only when an output of a stack is put into it', async () => {
  const { suite } = await loadSuite('suites/stack/api-refuses-strangers.suite.ts');
  const gone = at('http://127.0.0.1:9');
  const planned = { ...samplePlanned('stack/api-refuses-strangers/apis:registry'), parameters: { apis: 'registry' } };
  expect(await createAwsGate(gone).before(planned, suite, 'command')).toMatchObject({ verdict: 'not-run' });
  const { registry } = gone.deployment.apis;
  if (registry === undefined) throw new Error('expected an API');
  const plain: Target = { ...gone, deployment: { ...gone.deployment, apis: { registry: { ...registry, url: 'http://127.0.0.1:9' } } } };
  expect(await createAwsGate(plain).before(planned, suite, 'command')).toBeNull();
});

test('an endpoint that never answers is asked once, whatever waits for it', async () => {
  await using silent = await scriptedServer(() => undefined);
  const gate = createAwsGate(at(silent.origin));
  for (let count = 0; count < 50; count++) expect(await gate.before(planned, ofAws, 'command')).toMatchObject({ verdict: 'not-run' });
  expect(silent.seen).toHaveLength(1);
});

test('an endpoint that goes in mid-run is asked again after two cases that did not reach it', async () => {
  const gate = createAwsGate(target);
  expect(await gate.before(planned, ofAws, 'command')).toBeNull();
  const lost = sampleResult(planned.id, {
    verdict: 'broken',
    message: `broken: ${target.deployment.aws?.endpoint}/: expected a connection, got none`,
  });
  gate.after(lost);
  await control.fault({ answer: { kind: 'hang' } });
  expect(await gate.before(planned, ofAws, 'command')).toBeNull();
  gate.after(lost);
  expect(await gate.before(planned, ofAws, 'command')).toMatchObject({
    verdict: 'not-run',
    message: expect.stringContaining('AWS gives no answer'),
  });
});
