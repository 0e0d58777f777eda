/** Runs one case to its verdict. It knows no test framework: `run` hosts it in vitest, `repro` directly. Deadline, verdict and recording live here only. */
import type { BackendName } from '../../backends/quilt-ops.ts';
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { CaseResult, ContractFinding, Difference, PlannedCase, Step } from '../../reports/result.ts';
import { type CaseOutcome, NOTHING_ASKED } from './case-outcome.ts';
import type { CheckStage } from './check.ts';
import { agreeRuns, compareRuns } from './compare.ts';
import { countCalls } from './count-calls.ts';
import { countDocuments } from './count-documents.ts';
import type { Observation, Run } from './observation.ts';
import { redactorOf } from './redact-run.ts';
import type { ResourceCheck, ResourceStage } from './resource-check.ts';
import { runCheck } from './run-check.ts';
import type { Cast, Side, Story } from './side.ts';
import { tell } from './side.ts';
import type { Suite } from './suite-files.ts';
import { withDeadline } from './with-deadline.ts';

/** What a host gives the case runner. */
export interface Host {
  /** Makes a world and its clients; throws when the target cannot give one. */
  makeSide(story: Story, cast: Cast, planned: PlannedCase, beside?: Cast): Promise<Side>;
  /** True when every side has names of its own, so that the oracle is told once for each, in the names of that side (`beside`). */
  readonly sidesHaveNames: boolean;
  /** What checks ask with, for one case. */
  checkStage(planned: PlannedCase): Promise<CheckStage & { exchanges(): readonly Exchange[] }>;
  /** What checks of a resource ask with, for one case; `stage` throws where the resource cannot be made out. */
  resourceStage(planned: PlannedCase, suite: ResourceCheck): HeldStage;
  /** The command that reproduces a case. */
  reproduce(id: string): string;
  /** Root fields of the schema that an exchange asked, with what came of each. */
  rootFields(exchanges: readonly Exchange[]): Readonly<Record<string, number>>;
}

/** The stage of one case of a resource, and what went over its wire. */
export interface HeldStage extends AsyncDisposable {
  stage(): Promise<ResourceStage<never>>;
  exchanges(): readonly Exchange[];
  /** The text without the secrets that were learnt. */
  redact(text: string): string;
}

/** A told story with what went over the wire. Kept per scenario, point and cast, so that whichever case comes first makes it. */
interface Told {
  readonly run: Run;
  readonly exchanges: readonly Exchange[];
}

/** Runs planned cases; keeps what was told for the cases of the same scenario. */
export interface CaseRunner {
  run(planned: PlannedCase, suite: Suite): Promise<CaseResult>;
  /**
   * Lets the sides that these cases of one file share be told side by side, when the first case of a point runs. Returns the cases with those last that
   * sit out a wait. Without it each side is told when a case asks for it.
   */
  begin(cases: readonly PlannedCase[], suite: Suite): readonly PlannedCase[];
  /** Tells the sides of a case that sits out a wait some time before it is asked for, a few such cases at a time. */
  tellAhead(planned: PlannedCase, suite: Suite): void;
  /** Lets go of what was told of a scenario; for a host that is done with its file. */
  forget(scenario: string): void;
}

/** Stories told ahead at once: they wait more than they work, but each begins with a world of its own, and the deadline of its exchanges is short. */
const MOST_AHEAD = 8;

export function createCaseRunner(host: Host): CaseRunner {
  /** Scenario → what was told of it, by point and cast. */
  const told = new Map<string, Map<string, Promise<Told>>>();
  const begun = new Map<string, readonly PlannedCase[]>();
  const ahead: (() => Promise<unknown>)[] = [];
  let telling = 0;

  const tellOnce = (story: Story, cast: Cast, planned: PlannedCase, beside: Cast = null): Promise<Told> => {
    const key = JSON.stringify([planned.parameters, cast, beside]);
    const ofScenario = told.get(planned.scenario) ?? new Map<string, Promise<Told>>();
    told.set(planned.scenario, ofScenario);
    const promise = ofScenario.get(key) ?? tellOn(host, story, cast, planned, beside);
    ofScenario.set(key, promise);
    return promise;
  };

  /** Whoever asks for it later is told of its failure. */
  const tellSides = (story: Story, planned: PlannedCase): Promise<unknown> =>
    Promise.allSettled(castsOf(story, planned).map((cast) => tellOnce(story, cast, planned)));

  const tellNext = (): void => {
    while (telling < MOST_AHEAD && ahead.length > 0) {
      telling++;
      void ahead
        .shift()?.()
        .then(() => {
          telling--;
          tellNext();
        });
    }
  };

  return {
    forget(scenario) {
      told.delete(scenario);
      begun.clear();
    },
    tellAhead(planned, suite) {
      if (suite.kind === 'check' || suite.kind === 'resource' || planned.unsupported !== null) return;
      ahead.push(() => tellSides(suite, planned));
      tellNext();
    },
    begin(cases, suite) {
      if (suite.kind === 'check' || suite.kind === 'resource') return cases;
      const supported = cases.filter(({ unsupported }) => unsupported === null);
      for (const [point, sharing] of Map.groupBy(supported, pointOf)) begun.set(point, sharing);
      return [...cases.filter(({ waits }) => waits !== true), ...cases.filter(({ waits }) => waits === true)];
    },
    async run(planned, suite) {
      const startedAt = Date.now();
      const finish = (result: CaseOutcome): CaseResult => ({
        id: planned.id,
        startedAt,
        durationMs: Date.now() - startedAt,
        reproduce: host.reproduce(planned.id),
        ...result,
      });
      if (planned.unsupported !== null) return finish({ verdict: 'unsupported', message: planned.unsupported, ...NOTHING_ASKED });
      if (isStory(suite)) for (const sharing of begun.get(pointOf(planned)) ?? []) void tellSides(suite, sharing);
      const outcome = await withDeadline(
        isStory(suite) ? runStory(host, suite, planned, tellOnce) : runCheck(host, suite, planned),
        planned.deadlineMs,
      );
      return finish(outcome);
    },
  };
}

async function tellOn(host: Host, story: Story, cast: Cast, planned: PlannedCase, beside: Cast): Promise<Told> {
  let side: Side;
  try {
    side = await host.makeSide(story, cast, planned, beside);
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      run: { side: 'world', observations: [], made: null, symbols: new Map(), broken: `a world could not be made: ${text}` },
      exchanges: [],
    };
  }
  try {
    const run = await tell(story, cast, planned.parameters, side);
    return { run, exchanges: side.exchanges() };
  } finally {
    await side[Symbol.asyncDispose]();
  }
}

/** Cases of one scenario at one point share what their sides told. */
export function pointOf({ scenario, parameters }: Pick<PlannedCase, 'scenario' | 'parameters'>): string {
  return JSON.stringify([scenario, parameters]);
}

/** Who tells the story of a case beside the oracle: one cast, or the two of an agreement. */
function castsOf(story: Story, planned: PlannedCase): readonly Exclude<Cast, null>[] {
  const names = (planned.backend ?? '').split('~') as BackendName[];
  const [first, second] = names;
  if (first === undefined) throw new Error(`${planned.id}: expected a backend, got none`);
  if (second === undefined) return [{ backend: first }];
  return story.kind === 'scenario' ? names.map((backend) => ({ backend })) : [{ writer: first, reader: second }];
}

async function runStory(
  host: Host,
  story: Story,
  planned: PlannedCase,
  tellOnce: (story: Story, cast: Cast, planned: PlannedCase, beside?: Cast) => Promise<Told>,
): Promise<CaseOutcome> {
  const casts = castsOf(story, planned);
  const isAgree = casts.length === 2;
  const oracles = await Promise.all(casts.map((cast) => tellOnce(story, null, planned, host.sidesHaveNames ? cast : null)));
  const sides = await Promise.all(casts.map((cast) => tellOnce(story, cast, planned)));
  const [[a, b], [oracle, oracleOfB]] = [sides, oracles];
  if (a === undefined || oracle === undefined) throw new Error(`${planned.id}: expected a side, got none`);

  const secrets = redactorOf([...oracles.map(({ run }) => run), ...sides.map(({ run }) => run)]);
  const facts = {
    steps: sides.flatMap(({ run }) => run.observations.map((observation) => stepOf(run, secrets.redact(observation)))),
    // An agreement looks at what its two sides did already; their own cases count the calls.
    calls: isAgree ? {} : countCalls(a.exchanges),
    documents: isAgree ? {} : countDocuments(a.exchanges),
    observed: isAgree ? {} : countOutcomes(a.run),
    rootFields: isAgree ? {} : host.rootFields(a.exchanges),
  };
  const exchanges = sides.flatMap((side) => side.exchanges);
  const broken = [...oracles, ...sides]
    .map(({ run }) => (run.broken === null ? null : `${run.side}: ${run.broken}`))
    .find((text) => text !== null);
  if (broken !== undefined) {
    // What was already wrong before the story broke off is still wrong, and says more than that it broke off.
    const before =
      oracle.run.broken === null && !isAgree
        ? compareRuns(oracle.run, a.run)
            .filter(({ field }) => field !== 'call' && field !== 'calls')
            .map(secrets.difference)
        : [];
    const message = secrets.redact([`broken: ${broken}`, ...before.map(differenceLine)].join('\n'));
    const verdict = before.length > 0 && unreachableOf(a.run, oracle.run) === null ? 'failed' : 'broken';
    // A known difference may cover what was wrong before, but never that the story was not told to its end.
    const differences = verdict === 'failed' ? [...before, secrets.difference(cutShort(broken))] : before;
    return { verdict, message, ...facts, differences, findings: [], exchanges };
  }

  const compared = isAgree && b !== undefined ? agreeRuns(a.run, b.run, oracle.run, oracleOfB?.run) : compareRuns(oracle.run, a.run);
  const found = isAgree ? [] : findingsOf(a.exchanges);
  const breaks = isAgree ? [] : (story.breaks ?? []);
  // Findings that were to come are no finding against the case; one that was and did not is a difference.
  const findings = found.filter(({ rule }) => !breaks.includes(rule));
  const differences = [
    ...compared.map(secrets.difference),
    ...breaks.filter((rule) => !found.some((finding) => finding.rule === rule)).map(missingFinding),
  ];
  if (differences.length === 0 && findings.length === 0) return { verdict: 'passed', differences, findings, exchanges: [], ...facts };
  const unreachable = sides.map(({ run }) => unreachableOf(run, oracle.run)).find((text) => text !== null) ?? null;
  if (unreachable !== null) return { verdict: 'broken', message: `broken: ${unreachable}`, ...facts, differences, findings, exchanges };
  return {
    verdict: 'failed',
    message: [...differences.map(differenceLine), ...findings.map(findingLine)].join('\n'),
    ...facts,
    differences,
    findings,
    exchanges,
  };
}

function isStory(suite: Suite): suite is Story {
  return suite.kind === 'scenario' || suite.kind === 'interop';
}

/** One line: what: expected X, got Y. */
export function differenceLine({ call, operation, field, expected, observed, alone }: Difference): string {
  const where = call === null ? operation : `${operation} (call ${call})`;
  return `${where}${field === '' ? '' : ` ${field}`}: expected ${expected}, got ${observed}${alone === null ? '' : ` [${alone}]`}`;
}

/** What was found in the exchanges. The document and variables of the operation `graphql` are a user's own, and the server's to refuse. */
function findingsOf(exchanges: readonly Exchange[]): readonly ContractFinding[] {
  return exchanges.flatMap((exchange) =>
    exchange.findings
      .filter(({ severity, subject }) => severity === 'error' && (subject === 'response' || exchange.cause !== 'graphql'))
      .map(({ rule, subject, message, path }) => ({ rule, subject, message, path, exchange: exchange.id, operation: exchange.operation })),
  );
}

function findingLine({ operation, subject, path, message, rule, exchange }: ContractFinding): string {
  return `contract: ${operation} ${subject}${path === null ? '' : ` at ${path}`}: ${message} [${rule}, exchange ${exchange}]`;
}

function cutShort(broken: string): Difference {
  return { call: null, operation: 'story', field: 'end', expected: 'told to its end', observed: broken, alone: null };
}

function missingFinding(rule: string): Difference {
  return { call: null, operation: 'contract', field: rule, expected: 'a finding', observed: 'none', alone: null };
}

/** A target that cannot be reached says nothing of the subject: which call found it so, unless that was what had to come. */
function unreachableOf(run: Run, oracle: Run): string | null {
  for (const { call, operation, outcome } of run.observations) {
    if (!('error' in outcome) || !['connect', 'refused', 'tls', 'proxy'].includes(outcome.error.detail.code ?? '')) continue;
    const expected = oracle.observations[call - 1]?.outcome;
    if (expected !== undefined && 'error' in expected && expected.error.detail.code === outcome.error.detail.code) continue;
    return `${run.side}: ${operation} (call ${call}): the target could not be reached: ${outcome.error.message}`;
  }
  return null;
}

function stepOf({ side }: Run, { operation, startedAt, endedAt, outcome }: Observation): Step {
  const text = 'value' in outcome ? JSON.stringify(outcome.value) : `${outcome.error.class}: ${outcome.error.message}`;
  return {
    name: `${side}: ${operation}`,
    startedAt,
    durationMs: endedAt - startedAt,
    outcome: text.length > 500 ? `${text.slice(0, 500)}…` : text,
  };
}

function countOutcomes({ observations }: Run): Record<string, Record<string, number>> {
  const observed: Record<string, Record<string, number>> = {};
  for (const { operation, outcome } of observations) {
    if (operation.startsWith('world.')) continue;
    const kind = 'value' in outcome ? 'value' : outcome.error.class;
    const of = observed[operation] ?? {};
    of[kind] = (of[kind] ?? 0) + 1;
    observed[operation] = of;
  }
  return observed;
}
