/** What the target file expects of a workload, found by its name. */
import { withoutIndices } from './address.ts';
import type { Expectations } from './expectations.ts';
import type { Infrastructure } from './plan-input.ts';
import { isList, Unknown, type Value, valuesAt } from './value.ts';
import { type Workload, workloadsOf } from './workloads.ts';

type Service = Expectations['services'][string];
type ExpectedFunction = Expectations['functions'][string];

/** Key of the target file, what it says there, and the workloads of the input that it is about. */
export interface ExpectedWorkload {
  readonly key: string;
  readonly expected: Service | ExpectedFunction;
  readonly workloads: readonly Workload[];
}

/** Services and functions of the target that the input deploys; the others are deployed by something else. */
export function expectedWorkloads(input: Infrastructure, { services, functions }: Expectations): readonly ExpectedWorkload[] {
  const workloads = workloadsOf(input);
  const named = (kind: Workload['kind'], names: readonly Value[]) =>
    workloads.filter((workload) => workload.kind === kind && names.includes(workload.name));
  return [
    ...Object.entries(services).map(([label, expected]) => ({
      key: `services.${label}`,
      expected,
      workloads:
        expected.kind === 'apprunner'
          ? named('apprunner', [expected.arn.includes(':service/') ? (expected.arn.split('/')[1] ?? '') : expected.arn])
          : ofEcsService(expected.name, input, workloads),
    })),
    ...Object.entries(functions).map(([label, expected]) => ({
      key: `functions.${label}`,
      expected,
      workloads: named('lambda', [expected.name.split(':function:').at(-1) ?? expected.name]),
    })),
  ].filter((one) => one.workloads.length > 0);
}

/** Containers of the task definition that the service of that name runs; of the family of that name where the input has no such service. */
function ofEcsService(name: string, { resources }: Infrastructure, workloads: readonly Workload[]): readonly Workload[] {
  const tasks = resources
    .filter(
      ({ type, values }) =>
        (type === 'aws_ecs_service' || type === 'AWS::ECS::Service') && (values['name'] ?? values['ServiceName']) === name,
    )
    .flatMap(({ values }) => [...valuesAt(values, ['task_definition']), ...valuesAt(values, ['TaskDefinition'])].map(({ value }) => value));
  const addresses = new Set(tasks.flatMap((task) => (task instanceof Unknown ? task.from : [])));
  const families = new Set(tasks.flatMap((task) => (typeof task === 'string' ? [(task.split('/').at(-1) ?? '').split(':')[0]] : [])));
  const runs = ({ resource: { address }, name: family }: Workload) =>
    addresses.has(withoutIndices(address)) || (typeof family === 'string' && families.has(family));
  return workloads.filter((workload) => workload.kind === 'ecs' && (tasks.length > 0 ? runs(workload) : workload.name === name));
}

/** A start command as one text; undefined where it is not known. */
export function commandText(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return isList(value) && value.every((one) => typeof one === 'string') ? value.join(' ') : undefined;
}
