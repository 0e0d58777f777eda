/**
 * Asks AWS before anything else of a run: in another account, region or stage than the target's nothing else is run (D-33); where AWS gives no answer, what
 * would ask it is not run, so that a dead endpoint costs seconds.
 */
import { awsOrigins, createAws } from '../../backends/wire/aws.ts';
import { WireError } from '../../backends/wire/door.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { awsResourceKeys } from '../../fixtures/deployment/aws-resources.ts';
import { resourcesOf, type Target } from '../../fixtures/target.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { statementLine } from '../case/run-check.ts';
import type { Suite } from '../case/suite-files.ts';
import { ACCOUNT_CASE, stateAccount } from '../stack/account-facts.ts';
import { awsKeysOf } from './aws-keys.ts';
import { notRun } from './not-run.ts';

export interface AwsGate {
  /** The not-run result of a case that must not, or need not, be tried; or null. */
  before(planned: PlannedCase, suite: Suite, reproduce: string): Promise<CaseResult | null>;
  /** Takes note of a result in which AWS was not reached. */
  after(result: CaseResult): void;
}

type Found = { readonly differs: string } | { readonly down: string } | null;

/** Cases in a row that did not reach AWS before it is asked again. */
const UNREACHED = 2;
const ANSWERS_WITHIN_MS = 4_000;
const BODY_LIMIT = 4 * 1024 * 1024;
const NO_ANSWER = /expected (a connection|an answer before the deadline|a whole answer|an HTTP answer)/;
/** Kinds that are asked over HTTP alone. */
const WITHOUT_AWS: ReadonlySet<string> = new Set(['apis', 'health']);

/** A gate that asks once, when the first case comes; of a target without the key `aws` nothing is asked. */
export function createAwsGate(target: Target): AwsGate {
  const { aws: place } = target.deployment;
  if (place === undefined) return { before: async () => null, after: () => undefined };
  const settings = { endpoint: place.endpoint ?? null, region: target.region, keys: awsKeysOf(target) };
  const origins = awsOrigins(settings);
  let found: Promise<Found> | undefined;
  let unreached = 0;

  const ask = async (): Promise<Found> => {
    const policy = {
      origins,
      writes: 'never',
      deadlineMs: ANSWERS_WITHIN_MS,
      bodyLimit: BODY_LIMIT,
      ...(target.ca !== null && { ca: target.ca }),
    } as const;
    await using door = openDoor(policy, null);
    try {
      const statements = await stateAccount(target, createAws(door, settings));
      const wrong = statements.filter(({ expected, got }) => expected !== got);
      return wrong.length === 0 ? null : { differs: `${ACCOUNT_CASE} failed: ${wrong.map(statementLine).join('; ')}` };
    } catch (error) {
      // What AWS refuses to say is told by the case that asks it; it does not say that the account is another one.
      return error instanceof WireError && NO_ANSWER.test(error.message) ? { down: `AWS gives no answer: ${error.message}` } : null;
    }
  };

  /** What is asked over HTTP alone asks AWS too when a stack's output is put into it. */
  const asksAws = ({ parameters }: PlannedCase, suite: Suite): boolean => {
    if (suite.kind !== 'resource' || !(suite.of in awsResourceKeys)) return false;
    const resource = resourcesOf(target.deployment, suite.of)[parameters[suite.of] ?? ''];
    return !WITHOUT_AWS.has(suite.of) || JSON.stringify(resource ?? null).includes('${');
  };

  return {
    async before(planned, suite, reproduce) {
      if (unreached >= UNREACHED) {
        unreached = 0;
        found = ask();
      }
      found ??= ask();
      const now = await found;
      if (now === null || planned.id === ACCOUNT_CASE) return null;
      if ('differs' in now) return notRun(planned, now.differs, reproduce);
      return asksAws(planned, suite) ? notRun(planned, now.down, reproduce) : null;
    },
    after({ verdict, message = '' }) {
      if (verdict === 'broken' && NO_ANSWER.test(message) && origins.some((origin) => message.includes(origin))) unreached++;
    },
  };
}
