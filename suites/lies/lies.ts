/** Generated lies: for every operation and every field of its value and of its errors, a change to that field alone. Made from the shapes, so none can be forgotten. */
import { EXACT_FACTS } from '../../backends/errors.ts';
import { type OperationName, operationNames, operations } from '../../backends/operations.ts';
import { outcomes } from '../../backends/outcomes.ts';
import type { Json, Shape } from '../../backends/shapes.ts';
import type { Observation, ObservedError } from '../case/observation.ts';

/** One way to lie about one field of one operation. */
export interface Lie {
  /** `browse children.*.size: one more`. */
  readonly name: string;
  readonly operation: OperationName;
  /** The observation with the lie in it, or null where it has nothing to lie about. */
  apply(outcome: Observation['outcome']): Observation['outcome'] | null;
}

/**
 * Every lie about every operation, in the order of the table. Errors are lied about as `outcomes.ts` knows them: an operation that is never
 * refused has no error to lie about, and a fact that none of its errors has can only be made up.
 */
export function allLies(): readonly Lie[] {
  return operationNames.flatMap((operation) => [...valueLies(operation), ...errorLies(operation)]);
}

type Change = (value: Json) => Json | undefined;

function valueLies(operation: OperationName): Lie[] {
  const shape: Shape = operations[operation].value;
  return changesOf(shape, '').map(({ path, what, change }) => ({
    name: `${operation} ${path === '' ? 'value' : path}: ${what}`,
    operation,
    apply(outcome) {
      if (!('value' in outcome)) return null;
      const value = change(outcome.value as Json);
      return value === undefined || JSON.stringify(value) === JSON.stringify(outcome.value) ? null : { value };
    },
  }));
}

/** `undefined` from a change means that there is nothing to change in this value. */
function changesOf(shape: Shape, path: string): { path: string; what: string; change: Change }[] {
  const here = (what: string, change: Change) => ({ path, what, change });
  const ofString = (what: string, change: (text: string) => string) =>
    here(what, (value) => (typeof value === 'string' ? change(value) : undefined));
  switch (shape.kind) {
    case 'string':
      return [ofString('other text', (text) => `${text}x`)];
    case 'number':
      return [
        here('one more', (value) => (typeof value === 'number' ? value + 1 : undefined)),
        here('as text', (value) => (typeof value === 'number' ? String(value) : undefined)),
      ];
    case 'boolean':
      return [here('the opposite', (value) => (typeof value === 'boolean' ? !value : undefined))];
    case 'json':
      return [here('wrapped', (value) => ({ lie: value })), here('null', (value) => (value === null ? undefined : null))];
    case 'instant':
      return [
        ofString('an hour later', (text) => shifted(text, 3600)),
        ofString('a minute earlier', (text) => shifted(text, -60)),
        ofString('no date', () => 'yesterday'),
      ];
    case 'identifier':
      return [ofString('another', () => 'the-lie')];
    case 'object-url':
      return [
        ofString('another key', (text) => text.replace(/(\?|$)/, 'x$1')),
        ofString('another bucket', (text) => text.replace('s3://', 's3://x')),
        ofString('no version', (text) => text.replace(/\?.*$/, '')),
        // The same for every object, so that two that are paired one to one do not give it away.
        ofString('an invented version', (text) => text.replace(/(?<=\?versionId=).*$/, 'null')),
      ];
    case 'presigned-url':
      return [
        ofString('other bytes', (text) => text.replace(/^(\w+):[0-9a-f]{4}/, '$1:0bad')),
        ofString('no end', (text) => text.replace(/^content:/, 'endless:')),
        ofString('refused', () => 'refused:403'),
      ];
    case 'nullable':
      return [
        here('null', (value) => (value === null ? undefined : null)),
        here('a value for null', (value) => (value === null ? sampleOf(shape.of) : undefined)),
        ...changesOf(shape.of, path).map((inner) => ({
          ...inner,
          change: (value: Json) => (value === null ? undefined : inner.change(value)),
        })),
      ];
    case 'sequence':
    case 'set': {
      const list =
        (change: (elements: readonly Json[]) => readonly Json[] | undefined): Change =>
        (value) =>
          Array.isArray(value) ? change(value as readonly Json[]) : undefined;
      const inner = changesOf(shape.of, `${path === '' ? '' : `${path}.`}*`).map((one) => ({
        ...one,
        change: list((elements) => changeFirst(elements, one.change)),
      }));
      return [
        here(
          'one dropped',
          list((elements) => (elements.length === 0 ? undefined : elements.slice(1))),
        ),
        here(
          'one twice',
          list((elements) => (elements.length === 0 ? undefined : [...elements, elements[0] as Json])),
        ),
        here(
          'one made up',
          list((elements) => [...elements, sampleOf(shape.of)]),
        ),
        ...(shape.kind === 'sequence'
          ? [
              here(
                'reversed',
                list((elements) => (elements.length < 2 ? undefined : elements.toReversed())),
              ),
            ]
          : []),
        ...inner,
      ];
    }
    case 'empty':
      return [here('one made up', (value) => (Array.isArray(value) ? [...value, sampleOf(shape.of)] : undefined))];
    case 'record': {
      const fields = Object.entries(shape.fields);
      const record =
        (change: (members: Readonly<Record<string, Json>>) => Json | undefined): Change =>
        (value) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? change(value as Readonly<Record<string, Json>>)
            : undefined;
      const prefix = path === '' ? '' : `${path}.`;
      return [
        here(
          'a field more',
          record((members) => ({ ...members, lie: true })),
        ),
        ...fields.flatMap(([field, of]) => [
          {
            path: `${prefix}${field}`,
            what: 'missing',
            change: record((members) =>
              field in members ? Object.fromEntries(Object.entries(members).filter(([name]) => name !== field)) : undefined,
            ),
          },
          ...changesOf(of, `${prefix}${field}`).map((inner) => ({
            ...inner,
            change: record((members) => {
              const member = members[field];
              const changed = member === undefined ? undefined : inner.change(member);
              return changed === undefined ? undefined : { ...members, [field]: changed };
            }),
          })),
        ]),
      ];
    }
  }
}

/** Changes the first element that has something to change. */
function changeFirst(elements: readonly Json[], change: Change): readonly Json[] | undefined {
  for (const [index, element] of elements.entries()) {
    const changed = change(element);
    if (changed !== undefined && JSON.stringify(changed) !== JSON.stringify(element)) return elements.with(index, changed);
  }
  return undefined;
}

function shifted(text: string, seconds: number): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time + seconds * 1000).toISOString();
}

function sampleOf(shape: Shape): Json {
  switch (shape.kind) {
    case 'number':
      return 4711;
    case 'boolean':
      return true;
    case 'instant':
      return '2001-02-03T04:05:06Z';
    case 'object-url':
      return 's3://lie/lie?versionId=lie';
    case 'presigned-url':
      return `content:${'0'.repeat(64)}:0`;
    case 'nullable':
      return sampleOf(shape.of);
    case 'sequence':
    case 'set':
    case 'empty':
      return [];
    case 'record':
      return Object.fromEntries(Object.entries(shape.fields).map(([field, of]) => [field, sampleOf(of)]));
    default:
      return 'lie';
  }
}

function errorLies(operation: OperationName): Lie[] {
  const errors = Object.values(outcomes[operation]).flatMap(({ result }) => (result.kind === 'error' ? [result] : []));
  if (errors.length === 0) return [];
  const facts = EXACT_FACTS.filter((fact) => errors.some((error) => error.facts[fact] !== undefined));
  const lie = (what: string, change: (error: ObservedError) => ObservedError | null): Lie => ({
    name: `${operation} error: ${what}`,
    operation,
    apply(outcome) {
      if (!('error' in outcome)) return null;
      const error = change(outcome.error);
      return error === null ? null : { error };
    },
  });
  const withFact = (error: ObservedError, fact: (typeof EXACT_FACTS)[number], value: string) => ({
    ...error,
    detail: { ...error.detail, [fact]: value },
  });
  const without = (error: ObservedError, fact: (typeof EXACT_FACTS)[number]) => {
    const { [fact]: gone, ...detail } = error.detail;
    return gone === undefined ? null : { ...error, detail };
  };
  return [
    lie('another class', (error) => ({ ...error, class: error.class === 'BackendError' ? 'NotFoundError' : 'BackendError' })),
    lie('another operation', (error) => ({ ...error, operation: `${error.operation}x` })),
    ...facts.flatMap((fact) => [
      lie(`another ${fact}`, (error) => (error.detail[fact] === undefined ? null : withFact(error, fact, `${error.detail[fact]}x`))),
      lie(`no ${fact}`, (error) => without(error, fact)),
    ]),
    ...EXACT_FACTS.map((fact) =>
      lie(`a made-up ${fact}`, (error) => (error.detail[fact] === undefined ? withFact(error, fact, 'lie') : null)),
    ),
  ];
}
