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
  /** Null: it is not known as a whole. */
  readonly environment: Environment | null;
  /** As it is now, where the plan says. */
  readonly before: Environment | null;
  /** Names that are filled from a secret. */
  readonly secrets: ReadonlySet<string>;
  readonly startCommand: Placed | null;
  /** `x86_64`, `X86_64`, `ARM64`, `arm64`. */
  readonly architecture: Placed | null;
  /** A file of the repository says how to build and start. */
  readonly configuredInRepository: boolean;
  readonly fromSource: boolean;
}

export type Environment = ReadonlyMap<string, Placed>;

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
  const environment = (fields: Fields | null) =>
    environmentOf(either(fields, 'runtime_environment_variables', 'RuntimeEnvironmentVariables'));
  return {
    resource,
    kind: 'apprunner',
    name: first(values, 'service_name', 'ServiceName')?.value ?? null,
    title: address,
    image: present(first(values, `${image[0]}.image_identifier`, `${image[1]}.ImageIdentifier`)),
    environment: environment(values),
    before: before === null ? null : environment(before),
    secrets: new Set(environmentOf(either(values, 'runtime_environment_secrets', 'RuntimeEnvironmentSecrets'))?.keys() ?? []),
    startCommand: present(either(values, 'start_command', 'StartCommand')),
    architecture: null,
    configuredInRepository: first(values, `${code[0]}.configuration_source`, `${code[1]}.ConfigurationSource`)?.value === 'REPOSITORY',
    fromSource: first(values, code[0], code[1]) !== null,
  };
}

function containers(resource: PlannedResource): readonly Workload[] {
  const list = containerList(resource.values);
  const earlier = resource.before === null ? [] : containerList(resource.before);
  return list.map((container, index) => {
    const path: Path = ['container_definitions' in resource.values ? 'container_definitions' : 'ContainerDefinitions'];
    const inner = 'ContainerDefinitions' in resource.values ? [...path, index] : path;
    const name = pick(container, 'name', 'Name');
    const at = (value: Value): Placed => ({ value, path: inner });
    const before = earlier.find((one) => pick(one, 'name', 'Name') === name);
    const image = pick(container, 'image', 'Image');
    return {
      resource,
      kind: 'ecs',
      name: first(resource.values, 'family', 'Family')?.value ?? null,
      title: list.length > 1 ? `${resource.address} (container ${String(name)})` : resource.address,
      image: image === undefined ? null : at(image),
      environment: environmentOf(at(pick(container, 'environment', 'Environment') ?? []), inner),
      before: before === undefined ? null : environmentOf(at(pick(before, 'environment', 'Environment') ?? []), inner),
      secrets: new Set(environmentOf(at(pick(container, 'secrets', 'Secrets') ?? []))?.keys() ?? []),
      startCommand: present(at(pick(container, 'command', 'Command') ?? null)),
      architecture: first(resource.values, 'runtime_platform.cpu_architecture', 'RuntimePlatform.CpuArchitecture'),
      configuredInRepository: false,
      fromSource: false,
    };
  });
}

const pick = (fields: Fields, terraform: string, cloudformation: string): Value | undefined => fields[terraform] ?? fields[cloudformation];

/** Terraform has the containers as JSON in a text. */
function containerList(values: Fields): readonly Fields[] {
  const { container_definitions: text, ContainerDefinitions: list } = values;
  if (isList(list)) return list.filter(isFields);
  if (typeof text !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'object' && one !== null) : [];
  } catch {
    return [];
  }
}

function lambda(resource: PlannedResource): Workload {
  const { values, before } = resource;
  const environment = (fields: Fields) => environmentOf(first(fields, 'environment.variables', 'Environment.Variables'));
  return {
    resource,
    kind: 'lambda',
    name: first(values, 'function_name', 'FunctionName')?.value ?? null,
    title: resource.address,
    image: present(first(values, 'image_uri', 'Code.ImageUri') ?? first(values, 'image_uri', 'ImageUri')),
    environment: environment(values),
    before: before === null ? null : environment(before),
    secrets: new Set(),
    startCommand: null,
    architecture: first(values, 'architectures.*', 'Architectures.*'),
    configuredInRepository: false,
    fromSource: false,
  };
}

/** A map, or a list of name and value; `at` where every variable stands at one place, as in a text of JSON. */
function environmentOf(placed: Placed | null, at?: Path): Environment | null {
  if (placed === null) return new Map();
  const { value, path } = placed;
  if (value instanceof Unknown) return null;
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
