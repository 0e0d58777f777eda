/** CloudFormation's intrinsic functions: what they come to as far as the template alone tells. */
import { Unknown, type Value } from '../value.ts';
import type { Plain } from './yaml-document.ts';

/** Short-form tag → long form; null for a tag that is none of CloudFormation's. */
export const longFormOf = (tag: string): string | null =>
  /^![A-Z][A-Za-z0-9]+$/.test(tag) ? (tag === '!Ref' || tag === '!Condition' ? tag.slice(1) : `Fn::${tag.slice(1)}`) : null;

const isIntrinsic = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 1 &&
  /^(?:Ref|Condition|Fn::.+)$/.test(Object.keys(value)[0] ?? '');

/** `${Name}` of Fn::Sub; `${!Name}` stands for itself. */
const SUBSTITUTION = /\$\{(!?)([^}]*)\}/g;

/** Values of a template. `resources` and `parameters` are the logical ids that it declares. */
export function evaluate(value: Plain, resources: ReadonlySet<string>): Value {
  if (Array.isArray(value)) return value.map((one) => evaluate(one, resources)).filter((one) => !isNoValue(one));
  if (typeof value !== 'object' || value === null) return value;
  if (!isIntrinsic(value)) {
    const entries = Object.entries(value).map(([key, inner]) => [key, evaluate(inner, resources)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => !isNoValue(inner)));
  }
  const [[name = '', argument = null] = []] = Object.entries(value);
  const from = [...new Set(referencesIn(value))].filter((one) => resources.has(one));
  if (name === 'Ref' && typeof argument === 'string')
    return resources.has(argument)
      ? new Unknown(`known after deployment of ${argument}`, [argument])
      : new Unknown(argument.startsWith('AWS::') ? argument : `parameter ${argument}`);
  if (name === 'Fn::Sub') return substitute(argument, from);
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, list] = argument;
    if (typeof separator === 'string' && Array.isArray(list))
      return join(
        separator,
        list.map((one) => evaluate(one, resources)),
        from,
      );
  }
  return new Unknown(
    name === 'Fn::If' && Array.isArray(argument) ? `condition ${String(argument[0])}` : `${name}, resolved at deployment`,
    from,
  );
}

const isNoValue = (value: Value): boolean => value instanceof Unknown && value.reason === 'AWS::NoValue';

function substitute(argument: Plain, from: readonly string[]): Value {
  const text = Array.isArray(argument) ? argument[0] : argument;
  if (typeof text !== 'string') return new Unknown('Fn::Sub, resolved at deployment', from);
  const literal = (replacement: string) =>
    text.replaceAll(SUBSTITUTION, (_, escaped: string, name: string) => (escaped === '!' ? `\${${name}}` : replacement));
  const names = [...text.matchAll(SUBSTITUTION)].filter(([, escaped]) => escaped !== '!').map(([, , name]) => name);
  return names.length === 0 ? literal('') : new Unknown(`${names.join(', ')} in Fn::Sub`, from, literal(''));
}

function join(separator: string, parts: readonly Value[], from: readonly string[]): Value {
  if (parts.every((one) => typeof one === 'string' || typeof one === 'number')) return parts.join(separator);
  const known = parts.map((one) => (one instanceof Unknown ? one.knownPart : String(one))).join(separator);
  return new Unknown('Fn::Join, resolved at deployment', from, known);
}

/** Every name that a value refers to, resources and parameters alike; `DependsOn` is no value. */
export function referencesIn(value: Plain): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  if (isIntrinsic(value)) {
    const [[name, argument = null] = []] = Object.entries(value);
    if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
    if (name === 'Fn::GetAtt') {
      const first = Array.isArray(argument) ? argument[0] : argument;
      return typeof first === 'string' ? [first.split('.')[0] ?? ''] : [];
    }
    if (name === 'Fn::Sub') {
      const [text, own] = Array.isArray(argument) ? argument : [argument];
      const local = typeof own === 'object' && own !== null ? Object.keys(own) : [];
      const named =
        typeof text === 'string'
          ? [...text.matchAll(SUBSTITUTION)].filter(([, escaped]) => escaped !== '!').map(([, , one = '']) => one.split('.')[0] ?? '')
          : [];
      return [...named.filter((one) => !local.includes(one)), ...(own === undefined ? [] : referencesIn(own))];
    }
  }
  return Object.values(value).flatMap(referencesIn);
}
