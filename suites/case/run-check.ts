/** Runs a check: what it states, or why it could not be asked. */
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { type CaseOutcome, NOTHING_ASKED } from './case-outcome.ts';
import type { Check, Statement } from './check.ts';
import { countCalls, countRetries } from './count-calls.ts';
import { countDocuments } from './count-documents.ts';
import type { ResourceCheck } from './resource-check.ts';
import type { HeldStage, Host } from './run-case.ts';

/** Asks the check, and judges what it states. */
export async function runCheck(host: Host, suite: Check | ResourceCheck, planned: PlannedCase): Promise<CaseOutcome> {
  if (suite.kind === 'check') {
    const stage = await host.checkStage(planned);
    return judgeStatements(host, await suite.ask(stage), stage.exchanges());
  }
  await using staged = host.resourceStage(planned, suite);
  try {
    const statements = await suite.ask(await staged.stage());
    return judgeStatements(
      host,
      statements.map((one) => redacted(one, staged)),
      staged.exchanges(),
    );
  } catch (error) {
    // What AWS, a server or a database would not answer is no finding against the resource.
    const exchanges = staged.exchanges();
    const text = staged.redact(`${refusedBy(exchanges)}${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    const message = `broken: ${text.replaceAll(/\s*\n\s*/g, ' ')}`;
    return { ...NOTHING_ASKED, calls: countCalls(exchanges), ...countRetries(exchanges), verdict: 'broken', message, exchanges };
  }
}

/** What stands in a statement without the secrets learnt; two texts that differ still do. */
function redacted(statement: Statement, { redact }: HeldStage): Statement {
  const { what, expected, got, since, reason, mend } = statement;
  if (expected === got) return statement;
  const [wanted, found] = [redact(expected), redact(got)];
  return {
    what: redact(what),
    expected: wanted,
    got: wanted === found ? `${found} (another)` : found,
    ...(since !== undefined && { since }),
    ...(reason !== undefined && { reason: redact(reason) }),
    ...(mend !== undefined && { mend: redact(mend) }),
  };
}

/** The operation of AWS that was answered with an error last, since AWS's own message often does not name it. */
function refusedBy(exchanges: readonly Exchange[]): string {
  const last = exchanges.findLast(({ protocol }) => protocol === 'aws');
  return last !== undefined && (last.response === null || last.response.status >= 400) ? `${last.operation}: ` : '';
}

function judgeStatements(host: Host, statements: readonly Statement[], exchanges: readonly Exchange[]): CaseOutcome {
  const facts = {
    ...NOTHING_ASKED,
    calls: countCalls(exchanges),
    ...countRetries(exchanges),
    documents: countDocuments(exchanges),
    rootFields: host.rootFields(exchanges),
  };
  if (statements.length === 0)
    return { ...facts, verdict: 'broken', message: 'the check stated nothing: expected at least one statement, got none', exchanges };
  const wrong = statements.filter(({ expected, got }) => expected !== got);
  if (wrong.length === 0) return { ...facts, verdict: 'passed' };
  return {
    ...facts,
    verdict: 'failed',
    message: wrong.map(statementLine).join('\n'),
    differences: wrong.map(({ what, expected, got }) => ({
      call: null,
      operation: 'check',
      field: what,
      expected,
      observed: got,
      alone: null,
    })),
    exchanges,
  };
}

/** One line: what: expected X, got Y since WHEN (reason); what mends it. */
export function statementLine({ what, expected, got, since, reason, mend }: Statement): string {
  const more = [
    since === undefined ? '' : ` since ${since}`,
    reason === undefined ? '' : ` (${reason})`,
    mend === undefined ? '' : `; ${mend}`,
  ];
  return `${what}: expected ${expected}, got ${got}${more.join('')}`;
}
