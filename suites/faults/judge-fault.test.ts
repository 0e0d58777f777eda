import { expect, test } from 'vitest';
import { judgeFault, type Outcome } from './judge-fault.ts';

const fault = { catches: ['parity/a/backend:*'], says: ['expected 1', 'got 2'], blinds: ['parity/b'] };
const passed: Outcome = { verdict: 'passed', message: '' };
const failed: Outcome = { verdict: 'failed', message: 'size: expected 1, got 2' };
const blind: Outcome = { verdict: 'broken', message: 'broken: see parity/a/backend:quilt3' };
const clean = new Map([
  ['parity/a/backend:quilt3', passed],
  ['parity/b', passed],
  ['parity/c', passed],
  ['parity/d', { verdict: 'unsupported', message: 'not here' }] as const,
]);
const under = (changes: Readonly<Record<string, Outcome>>) =>
  new Map<string, Outcome>([...clean, ['parity/a/backend:quilt3', failed], ['parity/b', blind], ...Object.entries(changes)]);

test('a fault is caught when each case that must fail says what it must, and those that cannot be asked name it', () => {
  expect(judgeFault(fault, clean, under({}))).toEqual({
    verdict: 'caught',
    caughtBy: ['parity/a/backend:quilt3'],
    message: failed.message,
    troubles: [],
    falseAlarms: [],
  });
});

test.each<[string, string, Outcome, string]>([
  ['a catching case passes', 'parity/a/backend:quilt3', passed, 'expected failed, got passed'],
  ['a catching case is broken', 'parity/a/backend:quilt3', { ...failed, verdict: 'broken' }, 'expected failed, got broken'],
  ['a message lacks one string', 'parity/a/backend:quilt3', { ...failed, message: 'size: expected 1, got 3' }, 'say "got 2"'],
  ['a blinded case passes', 'parity/b', passed, 'expected broken or not-run'],
  ['a blinded case fails', 'parity/b', { ...blind, verdict: 'failed' }, 'expected broken or not-run'],
  ['a blinded case names nobody', 'parity/b', { ...blind, message: 'no answer' }, 'the name of the case that caught it'],
])('it is missed when %s', (_, id, outcome, says) => {
  const { verdict, troubles } = judgeFault(fault, clean, under({ [id]: outcome }));
  expect(verdict).toBe('missed');
  expect(troubles.join('\n')).toContain(says);
});

test('what a case must say may be its own', () => {
  const own = { ...fault, catches: ['parity/a/backend:*', 'parity/c'], says: { 'parity/a/backend:*': ['got 2'], 'parity/c': ['got 3'] } };
  const third: Outcome = { verdict: 'failed', message: 'size: expected 1, got 3' };
  expect(judgeFault(own, clean, under({ 'parity/c': third })).verdict).toBe('caught');
  const { verdict, troubles } = judgeFault(own, clean, under({ 'parity/c': failed }));
  expect(verdict).toBe('missed');
  expect(troubles).toEqual(['parity/c: expected its message to say "got 3", got size: expected 1, got 2']);
});

test('a glob that no case matches is missed, though another one catches', () => {
  const { verdict, troubles } = judgeFault({ ...fault, catches: [...fault.catches, 'parity/gone'] }, clean, under({}));
  expect(verdict).toBe('missed');
  expect(troubles).toEqual(['catches parity/gone: expected a case that can be asked here, got none']);
});

test.each<Outcome>([failed, blind, { verdict: 'unsupported', message: 'gone' }])('any other change is a false alarm: %o', (outcome) => {
  expect(judgeFault(fault, clean, under({ 'parity/c': outcome }))).toMatchObject({ verdict: 'false-alarm', falseAlarms: ['parity/c'] });
});

test('nothing can be said where a case does not pass without the fault, or where none ran', () => {
  expect(judgeFault(fault, new Map([...clean, ['parity/c', failed]]), under({})).verdict).toBe('broken');
  expect(judgeFault(fault, clean, new Map()).verdict).toBe('broken');
});
