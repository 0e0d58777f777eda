import { describe, expect, it } from 'vitest';
import { EXACT_FACTS } from './errors.ts';
import { operationNames } from './operations.ts';
import { Bench } from './outcomes/model-bench.ts';
import { packageReadCases } from './outcomes/packages-read.cases.ts';
import { packageWriteCases } from './outcomes/packages-write.cases.ts';
import { rolePolicyCases } from './outcomes/roles-policies.cases.ts';
import type { Setup, Setups } from './outcomes/row-case.ts';
import { sessionCases } from './outcomes/session.cases.ts';
import { stackCases } from './outcomes/stack-settings.cases.ts';
import { transportCases } from './outcomes/transport.cases.ts';
import { userCases } from './outcomes/users.cases.ts';
import { factsOf, type Outcome, outcomes, transport } from './outcomes.ts';

const cases: Readonly<Record<string, Setups>> = {
  ...sessionCases,
  ...packageReadCases,
  ...packageWriteCases,
  ...userCases,
  ...rolePolicyCases,
  ...stackCases,
};

const rows = operationNames.flatMap((operation) =>
  Object.entries(outcomes[operation]).map(([row, outcome]) => ({ operation, row, outcome, setup: cases[operation]?.[row] })),
);

/** Runs the row on the model and says what is not as the row has it. */
async function check(operation: (typeof operationNames)[number], outcome: Outcome, setup: Exclude<Setup, string>): Promise<void> {
  const bench = new Bench();
  const { params, settings, holds } = await setup(bench);
  const seen = await bench.see(operation, params, settings ?? bench.tenant.settingsOf('admin'));
  if (outcome.result.kind === 'value') {
    expect(seen).toHaveProperty('value');
    if ('value' in seen && holds) expect(await holds(seen.value as never, bench)).toBe(true);
    return;
  }
  const asked = /^(?:s3:\/\/)?([^/]+)\/?$/.exec(String(params['registry'] ?? bench.bucket))?.[1] ?? '';
  expect(seen).toHaveProperty('error');
  if (!('error' in seen)) return;
  const exact = Object.fromEntries(
    EXACT_FACTS.flatMap((fact) => (seen.error.detail[fact] === undefined ? [] : [[fact, seen.error.detail[fact]]])),
  );
  expect({ class: seen.error.class, facts: exact }).toEqual({
    class: outcome.result.class,
    facts: factsOf(outcome.result.facts, params, asked),
  });
  if (outcome.result.code !== undefined) expect(seen.error.detail.code).toBe(outcome.result.code);
}

describe('the oracle computes the outcomes', () => {
  it('has a way to bring every row about, or a reason why the model cannot', () => {
    expect(rows.filter(({ setup }) => setup === undefined).map(({ operation, row }) => `${operation}: ${row}`)).toEqual([]);
  });

  for (const { operation, row, outcome, setup } of rows) {
    if (setup === undefined || typeof setup === 'string') continue;
    it(`${operation}: ${row}`, () => check(operation, outcome, setup));
  }

  it('leaves only few rows to the real backends', () => {
    expect(rows.filter(({ setup }) => typeof setup === 'string').length).toBeLessThan(rows.length / 40);
  });

  it('sees a row that the model does not follow', async () => {
    const wrong: Outcome = {
      ...(outcomes.browse['nothing at the path'] as Outcome),
      result: { kind: 'error', class: 'NotFoundError', facts: { path: '$path' } },
    };
    await expect(check('browse', wrong, cases['browse']?.['nothing at the path'] as Exclude<Setup, string>)).rejects.toThrow();
  });
});

describe('the oracle answers faults as the transport table says', () => {
  it('has a fault for every row, or a reason why the model has none', () => {
    expect(Object.keys(transportCases).sort()).toEqual(Object.keys(transport).sort());
  });

  for (const [row, setup] of Object.entries(transportCases)) {
    const outcome = (transport as Readonly<Record<string, Outcome>>)[row];
    if (typeof setup === 'string' || outcome === undefined) continue;
    it(row, () => check(setup.operation, outcome, setup.setup));
  }
});
