import { expect, test } from 'vitest';
import type { Target } from '../../fixtures/target.ts';
import { applyFault } from './apply-fault.ts';
import { refuseElsewhere } from './fault-target.ts';
import { findFault } from './find-fault.ts';

const embedded = { name: 'embedded', kind: 'embedded', controlUrl: 'http://127.0.0.1:1/#bearer' } as Target;
const steered = { ...embedded, name: 'steered', kind: 'file' } as Target;
const deployed = { ...steered, name: 'deployed', controlUrl: null } as Target;

test.each([
  ['D-05', deployed, 'expected a target with a control endpoint, since it changes the target, got deployed'],
  ['O-03', deployed, 'expected a target with a control endpoint'],
  ['O-03', steered, 'expected the embedded target, since it changes the sample app, got steered'],
  ['G-01', steered, 'expected the embedded target'],
  ['G-15', deployed, 'expected the embedded target'],
])('%s is refused where its target is not', async (id, target, says) => {
  const fault = await findFault(id);
  expect(() => refuseElsewhere(target, fault, applyFault(fault))).toThrow(says);
});

test.each([
  ['D-05', embedded],
  ['D-05', steered],
  ['O-03', embedded],
  ['G-01', embedded],
  ['P-10', deployed],
])('%s is taken where it can be put', async (id, target) => {
  const fault = await findFault(id);
  expect(() => refuseElsewhere(target, fault, applyFault(fault))).not.toThrow();
});

test.each(['C-01', 'D-07', 'X-01'])('%s is none that a run could be under', async (id) => {
  await expect(findFault(id)).rejects.toThrow(`--fault ${id}: expected one of`);
});
