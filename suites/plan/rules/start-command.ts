/** D-05: an App Runner service without the start command that it needs. */
import { commandText, expectedWorkloads } from '../expected-workload.ts';
import { toldOf } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';
import { workloadsOf } from '../workloads.ts';

const KEYS = ['source_configuration', 'SourceConfiguration'];

export const startCommandRule = planRule({
  id: 'start-command',
  incidents: ['D-05'],
  severity: 'error',
  title: 'an App Runner service has the start command that it needs',
  documentation:
    'A service that is built from source and configured by the API starts nothing without one. A service of an image needs one where the target file says `startCommand`, and then that one. Legal: an image that starts by itself, and a repository with its own apprunner.yaml (ConfigurationSource REPOSITORY).',
  of: 'infrastructure',
  *ask(input, expected) {
    const said = new Map(
      expectedWorkloads(input, expected).flatMap(({ key, expected: wanted, workloads }) =>
        workloads.map((one) => [one.resource.address, { key, wanted }] as const),
      ),
    );
    for (const workload of workloadsOf(input)) {
      if (workload.kind !== 'apprunner' || workload.configuredInRepository) continue;
      const { resource, startCommand, fromSource, title } = workload;
      const { key, wanted } = said.get(resource.address) ?? {};
      const command = wanted !== undefined && 'startCommand' in wanted ? wanted.startCommand : undefined;
      if (command === undefined && !fromSource) continue;
      const at = { resource: title, place: resource.place(startCommand?.path ?? KEYS.filter((one) => one in resource.values)) };
      if (startCommand?.value instanceof Unknown) yield notKnown({ ...at, message: 'start command', reason: startCommand.value.reason });
      else if (startCommand === null || (command !== undefined && commandText(startCommand.value) !== command))
        yield breach({
          ...at,
          message: startCommand === null ? 'the service has no start command' : 'the service has another start command',
          expected:
            command === undefined ? 'a start command, since it is built from source' : `${JSON.stringify(command)} (${key}.startCommand)`,
          got: startCommand === null ? 'none' : toldOf(resource, startCommand.path, JSON.stringify(commandText(startCommand.value))),
          mend: `set the start command of ${title}${command === undefined ? '' : ` to ${JSON.stringify(command)}`}`,
        });
    }
  },
});
