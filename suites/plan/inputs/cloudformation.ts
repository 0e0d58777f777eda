/** A CloudFormation template, YAML or JSON: what it declares, and who needs whom. */
import { findCycles } from '../find-cycles.ts';
import { type Infrastructure, InputError, type PlannedResource } from '../plan-input.ts';
import { type Fields, isFields } from '../value.ts';
import { evaluate, longFormOf, referencesIn } from './intrinsics.ts';
import { type Plain, readYaml, type YamlDocument } from './yaml-document.ts';

type PlainMap = { readonly [key: string]: Plain };
const isMap = (value: Plain | undefined): value is PlainMap => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a template, or means to be. */
export const isTemplate = (value: Plain): boolean =>
  isMap(value) &&
  (value['AWSTemplateFormatVersion'] !== undefined ||
    (isMap(value['Resources']) &&
      Object.values(value['Resources']).some(
        (one) => isMap(one) && typeof one['Type'] === 'string' && /^(?:AWS|Custom)::/.test(one['Type']),
      )));

/** A text as YAML with CloudFormation's tags. Throws InputError. */
export const readTemplateText = (path: string, text: string): YamlDocument => readYaml(path, text, longFormOf);

/** Reads a template. Throws InputError. */
export function readTemplate(path: string, { value, place }: YamlDocument): Infrastructure {
  const resources = isMap(value) ? value['Resources'] : undefined;
  if (!isMap(resources) || Object.keys(resources).length === 0)
    throw new InputError(place(['Resources']), 'Resources: expected at least one resource, got none');
  const ids = new Set(Object.keys(resources));
  const needs = new Map<string, readonly string[]>();
  // A loop or a macro makes resources that the template alone does not tell.
  const declared = Object.entries(resources).filter(([id]) => !id.startsWith('Fn::'));
  const planned = declared.map(([id, resource]): PlannedResource => {
    if (!isMap(resource))
      throw new InputError(place(['Resources', id]), `Resources.${id}: expected a mapping with Type, got ${JSON.stringify(resource)}`);
    const { Type: type, Properties: properties = {}, DependsOn: after = [] } = resource as PlainMap & { readonly Type?: Plain };
    if (typeof type !== 'string')
      throw new InputError(
        place(['Resources', id]),
        `Resources.${id}: expected Type, got ${type === undefined ? 'none' : JSON.stringify(type)}`,
      );
    const ordered = [after].flat().filter((one) => typeof one === 'string');
    needs.set(id, [
      ...ordered,
      ...referencesIn(type.startsWith('AWS::Serverless::') ? withoutSatellites(properties) : properties),
      ...referencesIn(resource['UpdatePolicy'] ?? {}),
      ...referencesIn(resource['Metadata'] ?? {}),
    ]);
    const values = evaluate(properties, ids);
    return {
      address: id,
      type,
      action: 'declare',
      values: isFields(values) ? (values as Fields) : {},
      before: null,
      place: (keys) => place(keys.length === 0 ? ['Resources', id] : ['Resources', id, 'Properties', ...keys]),
      isSensitive: () => false,
    };
  });
  return {
    form: 'infrastructure',
    format: 'CloudFormation template',
    path,
    resources: planned,
    existing: [],
    cycles: findCycles(needs).map((cycle) => ({ path: cycle, place: place(['Resources', cycle[0] ?? '']) })),
  };
}

/** What SAM makes resources of their own from, which may well need the function. */
const SATELLITES = new Set(['DeploymentPreference', 'Events', 'EventInvokeConfig', 'FunctionUrlConfig']);

const withoutSatellites = (properties: Plain): Plain =>
  isMap(properties) ? Object.fromEntries(Object.entries(properties).filter(([key]) => !SATELLITES.has(key))) : properties;
