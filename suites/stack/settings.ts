/** Environment variables of services and functions: whether they are set, and to what; what they hold is never told. */
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { apprunnerServiceOf } from './apprunner-facts.ts';
import { ecsServiceOf, taskDefinitionOf } from './ecs-facts.ts';
import { problemsOf } from './fits-schema.ts';
import { functionOf } from './function-facts.ts';
import { stateThat } from './state-that.ts';

/** One variable of one container. `value` is null where it comes from a secret or parameter, which is not read. */
export interface Setting {
  readonly name: string;
  readonly value: string | null;
}

export interface Settings {
  readonly where: string;
  readonly settings: readonly Setting[];
}

type Expected = Readonly<Record<string, Resource<'services'>['environment'][string]>>;

/** Variables that a service is deployed with. */
export async function settingsOfService(aws: Aws, door: Door, resource: Resource<'services'>): Promise<Settings> {
  if (resource.kind === 'apprunner') {
    const service = await apprunnerServiceOf(aws, door, resource);
    const { RuntimeEnvironmentVariables = {}, RuntimeEnvironmentSecrets = {} } =
      service.SourceConfiguration?.ImageRepository?.ImageConfiguration ?? {};
    const settings = Object.entries(RuntimeEnvironmentVariables).map(([name, value]) => ({ name, value }));
    return {
      where: `service ${service.ServiceName}`,
      settings: [...settings, ...Object.keys(RuntimeEnvironmentSecrets).map((name) => ({ name, value: null }))],
    };
  }
  const definition = await taskDefinitionOf(aws, door, await ecsServiceOf(aws, resource));
  const settings = (definition.containerDefinitions ?? []).flatMap(({ environment = [], secrets = [] }) => [
    ...environment.map(({ name = '', value = '' }) => ({ name, value })),
    ...secrets.map(({ name = '' }) => ({ name, value: null })),
  ]);
  return { where: `service ${resource.name} (task definition ${definition.family}:${definition.revision})`, settings };
}

/** Variables that a function is deployed with. */
export async function settingsOfFunction(aws: Aws, door: Door, resource: Resource<'functions'>): Promise<Settings> {
  const { Environment } = await functionOf(aws, door, resource);
  return {
    where: `function ${resource.name}`,
    settings: Object.entries(Environment?.Variables ?? {}).map(([name, value]) => ({ name, value })),
  };
}

/** D-32: each is set, not empty, not `{}`, and JSON of its schema where that is asked. */
export function stateRequired({ where, settings }: Settings, expected: Expected): readonly Statement[] {
  return Object.entries(expected).map(([name, { json, equals }]) => {
    const found = settings.filter((one) => one.name === name);
    const form = json === undefined ? 'a value' : 'JSON that fits its schema';
    const got = found.length === 0 ? 'not set' : found.map(({ value }) => wrongOf(value, json, equals)).find((wrong) => wrong !== null);
    return stateThat(got === undefined, { what: `${name} of ${where}`, expected: form, got: got ?? '', mend: `set ${name} and deploy` });
  });
}

/** What is wrong with a value, told without it; null for nothing. */
function wrongOf(value: string | null, json: Readonly<Record<string, unknown>> | undefined, equals: string | undefined): string | null {
  if (value === null) return null;
  if (value.trim() === '') return 'an empty value';
  if (json === undefined) return value.trim() === '{}' && equals !== value ? 'an empty object' : null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return `no JSON (${value.length} characters)`;
  }
  if (typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length === 0) return 'an empty object';
  const problems = problemsOf(json, parsed);
  return problems.length === 0 ? null : `JSON that does not: ${problems.join('; ')}`;
}

const PLACEHOLDER =
  /placeholder|change[-_ ]?me|to[-_ ]?be[-_ ]?(set|replaced|filled)|\btodo\b|\btbd\b|^<.*>$|\$\{|\{\{|\.invalid\b|localhost/i;

/** D-11: each is what the target says; a value that is not is told by its kind alone. Throws CheckBroken where nothing but secrets could be compared. */
export function stateAgreed({ where, settings }: Settings, expected: Expected): readonly Statement[] {
  const statements: Statement[] = [];
  const unread: string[] = [];
  for (const [name, { equals, matches }] of Object.entries(expected)) {
    if (equals === undefined && matches === undefined) continue;
    const found = settings.filter((one) => one.name === name);
    const read = found.flatMap(({ value }) => (value === null ? [] : [value]));
    if (found.length > 0 && read.length === 0) unread.push(name);
    const form = equals ?? `a value that matches ${matches}`;
    const fits = (value: string) =>
      (equals === undefined || value === equals) && (matches === undefined || new RegExp(matches).test(value));
    const wrong = found.length === 0 ? 'not set' : read.filter((value) => !fits(value)).map(kindOf)[0];
    if (found.length > 0 && read.length === 0) continue;
    statements.push(
      stateThat(wrong === undefined, {
        what: `${name} of ${where}`,
        expected: form,
        got: wrong ?? '',
        mend: `set ${name} to what is deployed now, and deploy`,
      }),
    );
  }
  if (unread.length > 0 && statements.every(({ expected: wanted, got }) => wanted === got))
    throw new CheckBroken(
      `${unread.join(', ')} of ${where}: expected a value that may be read, got one from a secret, which is never read`,
    );
  return statements;
}

function kindOf(value: string): string {
  if (value.trim() === '') return 'an empty value';
  return PLACEHOLDER.test(value)
    ? `what looks like a placeholder (${value.length} characters)`
    : `another value (${value.length} characters)`;
}

/** True for settings that say what they are to be. */
export const compares = (expected: Expected): boolean =>
  Object.values(expected).some(({ equals, matches }) => equals !== undefined || matches !== undefined);
