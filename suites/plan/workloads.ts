/** What runs code — App Runner services, containers of ECS, Lambda functions — in one form, from Terraform and CloudFormation alike. */
import type { Infrastructure, PlannedResource } from './plan-input.ts';
import { type Fields, isFields, isList, type Path, type Placed, Unknown, type Value, valuesAt } from './value.ts';

export interface Workload {
  readonly resource: PlannedResource;
  readonly kind: 'apprunner' | 'ecs' | 'lambda';
  /** Of the service, task family or function. */
  readonly name: Value;
  /** `module.web.aws_apprunner_service.this`, with the container where there are several. */
  readonly title: string;
  readonly image: Placed | null;
  /** Its settings, as far as they are known. */
  readonly environment: Environment;
  /** Why it may have settings beside those that are seen, which the rules that ask for them must say; null: it has none. */
  readonly unseen: string | null;
  /** As it is now, where the plan says. */
  readonly before: Environment | null;
  /** Names that are filled from a secret. */
  readonly secrets: ReadonlySet<string>;
  /** The same of its secrets. */
  readonly unseenSecrets: string | null;
  readonly startCommand: Placed | null;
  /** A file of the repository says how to build and start. */
  readonly configuredInRepository: boolean;
  readonly fromSource: boolean;
}

export type Environment = ReadonlyMap<string, Placed>;

const ENVIRONMENT_UNKNOWN = 'the environment is known after apply';

/** Every workload that will be there; what is deleted or only read is none. */
export function workloadsOf({ resources }: Infrastructure): readonly Workload[] {
  return resources
    .filter(({ action }) => action !== 'delete' && action !== 'read')
    .flatMap((resource) => {
      switch (resource.type) {
        case 'aws_apprunner_service':
        case 'AWS::AppRunner::Service':
          return [appRunner(resource)];
        case 'aws_ecs_task_definition':
        case 'AWS::ECS::TaskDefinition':
          return containers(resource);
        case 'aws_lambda_function':
        case 'AWS::Lambda::Function':
        case 'AWS::Serverless::Function':
          return [lambda(resource)];
        default:
          return [];
      }
    });
}

/** The first value at one of two patterns: Terraform's, then CloudFormation's. */
const first = (values: Fields | null, terraform: string, cloudformation: string): Placed | null =>
  values === null ? null : (valuesAt(values, terraform.split('.'))[0] ?? valuesAt(values, cloudformation.split('.'))[0] ?? null);

const present = (placed: Placed | null): Placed | null => (placed === null || placed.value === null || placed.value === '' ? null : placed);

function appRunner(resource: PlannedResource): Workload {
  const { values, before, address } = resource;
  const image = ['source_configuration.image_repository', 'SourceConfiguration.ImageRepository'] as const;
  const code = ['source_configuration.code_repository.code_configuration', 'SourceConfiguration.CodeRepository.CodeConfiguration'] as const;
  const inCode = [`${code[0]}.code_configuration_values`, `${code[1]}.CodeConfigurationValues`] as const;
  const either = (fields: Fields | null, terraform: string, cloudformation: string) =>
    first(fields, `${image[0]}.image_configuration.${terraform}`, `${image[1]}.ImageConfiguration.${cloudformation}`) ??
    first(fields, `${inCode[0]}.${terraform}`, `${inCode[1]}.${cloudformation}`);
  const settings = (fields: Fields | null) => either(fields, 'runtime_environment_variables', 'RuntimeEnvironmentVariables');
  const secrets = either(values, 'runtime_environment_secrets', 'RuntimeEnvironmentSecrets');
  return {
    resource,
    kind: 'apprunner',
    name: first(values, 'service_name', 'ServiceName')?.value ?? null,
    title: address,
    image: present(first(values, `${image[0]}.image_identifier`, `${image[1]}.ImageIdentifier`)),
    environment: environmentOf(settings(values)),
    before: before === null ? null : environmentOf(settings(before)),
    unseen: unseenIn(settings(values)),
    secrets: new Set(environmentOf(secrets).keys()),
    unseenSecrets: unseenIn(secrets),
    startCommand: present(either(values, 'start_command', 'StartCommand')),
    configuredInRepository: first(values, `${code[0]}.configuration_source`, `${code[1]}.ConfigurationSource`)?.value === 'REPOSITORY',
    fromSource: first(values, code[0], code[1]) !== null,
  };
}

function containers(resource: PlannedResource): readonly Workload[] {
  const { values } = resource;
  const list = containerList(values);
  const earlier = resource.before === null ? [] : containerList(resource.before).filter(isFields);
  const key = 'ContainerDefinitions' in values ? 'ContainerDefinitions' : 'container_definitions';
  return list.map((container, index) => {
    // All of Terraform's containers stand at one place, since they are one text.
    const path: Path = key === 'ContainerDefinitions' && isList(values[key]) ? [key, index] : [key];
    const at = (value: Value): Placed => ({ value, path });
    const settings = (of: Fields) => at(pick(of, 'environment', 'Environment') ?? []);
    const environment = (of: Fields) => environmentOf(settings(of), path);
    const shared = {
      resource,
      kind: 'ecs',
      name: first(values, 'family', 'Family')?.value ?? null,
      configuredInRepository: false,
      fromSource: false,
    } as const;
    const title = (name: string | number) => (list.length > 1 ? `${resource.address} (container ${name})` : resource.address);
    if (container instanceof Unknown)
      return {
        ...shared,
        title: title(index + 1),
        image: at(container),
        environment: new Map(),
        unseen: ENVIRONMENT_UNKNOWN,
        before: new Map(earlier.flatMap((one) => [...environment(one)])),
        secrets: new Set(),
        unseenSecrets: ENVIRONMENT_UNKNOWN,
        startCommand: at(container),
      };
    const name = pick(container, 'name', 'Name');
    const before = earlier.find((one) => pick(one, 'name', 'Name') === name);
    const image = pick(container, 'image', 'Image');
    const secrets = at(pick(container, 'secrets', 'Secrets') ?? []);
    return {
      ...shared,
      title: title(typeof name === 'string' ? name : index + 1),
      image: image === undefined ? null : at(image),
      environment: environment(container),
      before: before === undefined ? null : environment(before),
      unseen: unseenIn(settings(container)),
      secrets: new Set(environmentOf(secrets).keys()),
      unseenSecrets: unseenIn(secrets),
      startCommand: present(at(pick(container, 'command', 'Command') ?? null)),
    };
  });
}

const pick = (fields: Fields, terraform: string, cloudformation: string): Value | undefined => fields[terraform] ?? fields[cloudformation];

/** Terraform has the containers as JSON in a text. What is not known stands for one container, or for all of them. */
function containerList(values: Fields): readonly (Fields | Unknown)[] {
  const value = values['ContainerDefinitions'] ?? values['container_definitions'];
  if (value instanceof Unknown) return [value];
  if (isList(value)) return value.filter((one) => one instanceof Unknown || isFields(one));
  if (typeof value !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed)) return parsed.filter((one) => typeof one === 'object' && one !== null);
  } catch {
    // Said below.
  }
  return [new Unknown('container_definitions is no list in JSON')];
}

function lambda(resource: PlannedResource): Workload {
  const { values, before } = resource;
  const settings = (fields: Fields) => first(fields, 'environment.variables', 'Environment.Variables');
  return {
    resource,
    kind: 'lambda',
    name: first(values, 'function_name', 'FunctionName')?.value ?? null,
    title: resource.address,
    image: present(first(values, 'image_uri', 'Code.ImageUri') ?? first(values, 'image_uri', 'ImageUri')),
    environment: environmentOf(settings(values)),
    before: before === null ? null : environmentOf(settings(before)),
    unseen: unseenIn(settings(values)),
    secrets: new Set(),
    unseenSecrets: null,
    startCommand: null,
    configuredInRepository: false,
    fromSource: false,
  };
}

/** A map, or a list of name and value; `at` where every variable stands at one place, as in a text of JSON. */
function environmentOf(placed: Placed | null, at?: Path): Environment {
  if (placed === null) return new Map();
  const { value, path } = placed;
  if (isList(value))
    return new Map(
      value.flatMap((one, index): (readonly [string, Placed])[] => {
        if (!isFields(one)) return [];
        const name = pick(one, 'name', 'Name');
        const inner = 'Value' in one ? 'Value' : 'value';
        const where = at ?? [...path, index, inner];
        return typeof name === 'string'
          ? [[name, { value: pick(one, 'value', 'Value') ?? pick(one, 'valueFrom', 'ValueFrom') ?? '', path: where }]]
          : [];
      }),
    );
  if (!isFields(value)) return new Map();
  return new Map(Object.entries(value).map(([name, inner]) => [name, { value: inner, path: at ?? [...path, name] }]));
}

/** Why there may be more than what `environmentOf` reads: an entry stands there on a condition, or its name is known later. */
function unseenIn(placed: Placed | null): string | null {
  if (placed === null) return null;
  if (placed.value instanceof Unknown) return ENVIRONMENT_UNKNOWN;
  const entries = isList(placed.value) ? placed.value : [];
  const unknown = entries.map((one) => (isFields(one) ? pick(one, 'name', 'Name') : one)).find((one) => one instanceof Unknown);
  return unknown?.reason ?? null;
}
