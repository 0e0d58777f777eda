/** D-30: an App Runner service that could not be created, or whose last operation failed; D-02 for App Runner. */
import { resourceCheck } from '../case/resource-check.ts';
import { reasonFrom } from './answers.ts';
import { type ApprunnerService, apprunnerServices, findApprunnerService, operationsOn } from './apprunner-facts.ts';
import { lastLines, linesSince } from './log-lines.ts';
import { instantOf, stateThat } from './state-that.ts';
import { settleMs, waitUntil } from './wait-until.ts';

const LAST_LINES = 3;

export default resourceCheck<'services', ApprunnerService>({
  title: 'the service runs, and the last operation on it succeeded',
  level: 'must',
  incidents: ['D-30', 'D-02'],
  of: 'services',
  when: apprunnerServices,
  async ask({ resource, target, aws, door }) {
    const where = `service ${resource.arn.split('/').at(-2) ?? resource.arn}`;
    const { last: service, note } = await waitUntil(
      { name: `the operation on ${where} to end`, maxMs: settleMs(target) },
      () => findApprunnerService(aws, door, resource),
      (seen) => seen?.Status !== 'OPERATION_IN_PROGRESS',
    );
    if (service === null) return [{ what: where, expected: 'a service', got: 'none', mend: 'deploy it, or correct its ARN or name' }];
    const { Status = 'no status', ServiceName = '', ServiceId = '' } = service;
    const last = (await operationsOn(aws, service))[0];
    const operation = last === undefined ? 'no operation' : `${last.Type} ${last.Status}`;
    const ended = last === undefined || last.Status === 'SUCCEEDED';
    const runs = Status === 'RUNNING';
    const linesOf = async (log: string) => {
      const group = `/aws/apprunner/${ServiceName}/${ServiceId}/${log}`;
      const text = lastLines((await linesSince(aws, group, last?.StartedAt ?? new Date(0)))?.lines ?? [], LAST_LINES);
      return text === undefined ? [] : [`last lines of ${group}: ${text}`];
    };
    const more =
      runs && ended
        ? {}
        : {
            ...instantOf(last?.EndedAt ?? last?.StartedAt ?? service.UpdatedAt),
            ...(await reasonFrom(async () => [...(await linesOf('service')), ...(await linesOf('application'))].join('; ') || undefined)),
            mend: `mend what the log of ${ServiceName} says and deploy again`,
          };
    return [
      stateThat(runs, { what: `status of ${where}`, expected: 'RUNNING', got: `${Status}${note}`, ...more }),
      stateThat(ended, { what: `last operation on ${where}`, expected: 'SUCCEEDED', got: operation, ...more }),
    ];
  },
});
