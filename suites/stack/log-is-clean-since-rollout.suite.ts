/** D-38: the log holds errors since the deployment, or lacks the line that says it started. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, type ResourceStage, resourceCheck } from '../case/resource-check.ts';
import { told } from './answers.ts';
import { apprunnerServiceOf, operationsOn } from './apprunner-facts.ts';
import { ecsServiceOf, primaryOf } from './ecs-facts.ts';
import { lastLines, lineOf, linesSince } from './log-lines.ts';
import { stateThat } from './state-that.ts';
import { settleMs, waitUntil } from './wait-until.ts';

const DAY_MS = 24 * 3600 * 1000;

export default resourceCheck<'logGroups', Resource<'logGroups'>>({
  title: 'since the rollout the log says that the service started, and holds no error',
  level: 'must',
  incidents: ['D-38'],
  of: 'logGroups',
  when: { of: 'with patterns of errors or of a start', is: ({ errors, started }) => errors.length > 0 || started !== undefined },
  async ask(stage) {
    const { name, errors, started, retentionDays } = stage.resource;
    const since = await rolloutOf(stage);
    const text = started === undefined ? null : new RegExp(started);
    const { last: read, note } = await waitUntil(
      // Lines come some seconds after they were written.
      { name: `a line in ${name} that matches ${started}`, maxMs: settleMs(stage.target) },
      () => linesSince(stage.aws, name, since),
      (seen) => seen === null || text === null || !seen.whole || seen.lines.some(({ message = '' }) => text.test(message)),
    );
    if (read === null) throw new CheckBroken(`log group ${name}: expected a log group, got none; stack/log-group-keeps-its-lines says so`);
    const about = { since: since.toISOString() };
    const statements = errors.map((pattern): Statement => {
      const found = read.lines.filter(({ message = '' }) => new RegExp(pattern).test(message));
      const got = `${found.length}: ${found[0] === undefined ? '' : lineOf(found[0])}`;
      return stateThat(found.length === 0, {
        what: `lines of ${name} that match ${pattern}`,
        expected: 'none',
        got,
        ...about,
        mend: 'look at the first of them',
      });
    });
    const seen = text === null || read.lines.some(({ message = '' }) => text.test(message));
    if (text !== null) {
      if (!seen && retentionDays !== undefined && since.getTime() < Date.now() - retentionDays * DAY_MS)
        throw new CheckBroken(
          `${name}: expected lines since the rollout at ${since.toISOString()}, got a retention of ${retentionDays} days, which may have removed them`,
        );
      const got = `none${note}; ${lastLines(read.lines, 1) ?? 'no line at all'}`;
      statements.push(
        stateThat(seen, {
          what: `a line of ${name} that matches ${started}`,
          expected: 'one',
          got,
          ...about,
          mend: 'see why the service does not start',
        }),
      );
    }
    if (!read.whole && statements.every(({ expected, got }) => expected === got))
      throw new CheckBroken(`${name}: expected to read all lines since ${since.toISOString()}, got more than are read`);
    return statements;
  },
});

/** When the service whose log it is was rolled out last. */
async function rolloutOf({ resource: { name, service: label }, other, aws, door }: ResourceStage<Resource<'logGroups'>>): Promise<Date> {
  if (label === undefined)
    throw new CheckBroken(`log group ${name}: expected \`service\`, whose rollout its lines are read since, got none`);
  const service = await other('services', label);
  if (service.kind === 'ecs') return told(primaryOf(await ecsServiceOf(aws, service))?.createdAt, `rollout of service ${service.name}`);
  const operations = await operationsOn(aws, await apprunnerServiceOf(aws, door, service));
  const last = operations.find(({ Type }) => /^(CREATE_SERVICE|START_DEPLOYMENT|UPDATE_SERVICE)$/.test(Type ?? ''));
  return told(last?.StartedAt, `last deployment of service ${service.arn}`);
}
