/** The embedded AWS for the tests of checks: started before the first of a file, as it was after each, and asked as it is, with a defect, or otherwise legal. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AwsControl, createAwsControl } from '../../fixtures/aws-control-client.ts';
import type { AwsPatch, UpLine } from '../../fixtures/control.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { type Target, targetOfLine } from '../../fixtures/target.ts';
import { askStack } from './ask-stack.ts';

export type Edits = AwsPatch['edits'];

/** A check, the label of its resource, what was done to that, how, and what the failure must say. */
export type Defect = readonly [check: string, label: string, what: string, edits: Edits, says: readonly string[]];
export type Legal = readonly [check: string, label: string, what: string, edits: Edits];

/** What the tests of a file have; it may be read from within tests alone. */
export interface TestStack {
  readonly control: AwsControl;
  readonly target: Target;
  readonly line: UpLine;
}

/** Put where the registry's URL is meant, which is known only when it runs. */
export const REGISTRY = '{registry}';

export const set = (pointer: string, value: unknown) => ({ pointer, value });
export const remove = (pointer: string) => ({ pointer, remove: true });

/** Starts it for the tests of the file that calls this. Nothing is waited for, whatever the target says. */
export function useTestStack(): TestStack {
  let child: EmbeddedChild | undefined;
  let started: TestStack | undefined;
  const running = (): TestStack => {
    if (started === undefined) throw new Error('the embedded AWS: expected to be read from within a test');
    return started;
  };
  beforeAll(async () => {
    child = await startEmbeddedChild();
    const target = targetOfLine(child.line);
    const { aws } = target.deployment;
    if (aws === undefined) throw new Error('aws: expected a key of the embedded target, got none');
    started = {
      control: createAwsControl(child.line.controlUrl),
      target: { ...target, deployment: { ...target.deployment, aws: { ...aws, settleSeconds: 0 } } },
      line: child.line,
    };
  });
  afterEach(async () => {
    await running().control.restore();
    await running().control.clearFaults();
  });
  afterAll(() => child?.[Symbol.asyncDispose]());
  return {
    get control() {
      return running().control;
    },
    get target() {
      return running().target;
    },
    get line() {
      return running().line;
    },
  };
}

/** Each check passes as it is and fails by its defect, and tells nothing of what a setting holds. */
export function testDefects(stack: TestStack, defects: readonly Defect[]): void {
  describe.each(defects)('%s of %s', (check, label, what, edits, says) => {
    test(`passes as it is, and fails by ${what}`, async () => {
      expect(await askStack(stack.target, check, label)).toMatchObject({ verdict: 'passed' });
      await stack.control.patch({ edits: edits.map((one) => (one.value === REGISTRY ? { ...one, value: stack.line.registryUrl } : one)) });
      const result = await askStack(stack.target, check, label);
      expect(result.verdict, result.message).toBe('failed');
      for (const text of says) expect(result.message).toContain(text);
      expect(JSON.stringify(result)).not.toMatch(/to-be-set|canary-of-a-setting|embedded-Probe-1/);
    });
  });
}

/** Each check passes on what only looks like a defect. */
export function testLegal(stack: TestStack, legal: readonly Legal[]): void {
  test.each(legal)('%s of %s passes on %s', async (check, label, _what, edits) => {
    await stack.control.patch({ edits });
    const result = await askStack(stack.target, check, label);
    expect(result.verdict, result.message).toBe('passed');
  });
}
