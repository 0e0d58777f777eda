/** Puts `${stack.Output}` into what a target file says of a resource. */
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Deployment } from '../../fixtures/target.ts';
import { CheckBroken } from './resource-check.ts';

const REFERENCE = /\$\{([a-z0-9][a-z0-9-]*)\.([A-Za-z0-9]+)\}/g;

/** Outputs of a stack by its label. */
export type OutputsOf = (label: string) => Promise<Readonly<Record<string, string>>>;

/** What a stack was asked with: its exchanges count for every case that used the answer. */
export interface Asking {
  readonly aws: Aws;
  readonly door: Door;
}

/** What the stacks of a target put out. */
export interface StackOutputs {
  /** Asks by what `open` gives, or takes the answer that was asked before; `used` is told by whose door it came, also when it failed. */
  of(label: string, open: () => Asking, used: (door: Door) => void): ReturnType<OutputsOf>;
}

/** Asks each stack once for all that a process asks of it; after a failure it is asked anew. */
export function createStackOutputs(deployment: Deployment): StackOutputs {
  const asked = new Map<string, { readonly door: Door; readonly outputs: ReturnType<OutputsOf> }>();
  const ask = async (label: string, aws: Aws): ReturnType<OutputsOf> => {
    const stack = deployment.stacks[label];
    if (stack === undefined) throw new CheckBroken(`stacks.${label}: expected a stack of the target file, got none of that label`);
    const cloudformation = await aws.client('cloudformation');
    const { Stacks = [] } = await cloudformation.describeStacks({ StackName: stack.name });
    return Object.fromEntries((Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  };
  return {
    of(label, open, used) {
      let one = asked.get(label);
      if (one === undefined) {
        const { aws, door } = open();
        one = { door, outputs: ask(label, aws) };
        asked.set(label, one);
        one.outputs.catch(() => asked.delete(label));
      }
      used(one.door);
      return one.outputs;
    },
  };
}

/** The value with every reference in its texts put in. Throws CheckBroken for an output that there is not. */
export async function withOutputs<T>(value: T, outputsOf: OutputsOf): Promise<T> {
  if (typeof value === 'string') return (await putIn(value, outputsOf)) as T;
  if (Array.isArray(value)) return (await Promise.all(value.map((one) => withOutputs(one, outputsOf)))) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await withOutputs(inner as unknown, outputsOf)] as const);
  return Object.fromEntries(await Promise.all(entries)) as T;
}

async function putIn(text: string, outputsOf: OutputsOf): Promise<string> {
  const outputs = new Map<string, string>();
  for (const [reference, label = '', name = ''] of text.matchAll(REFERENCE)) {
    const value = (await outputsOf(label))[name];
    if (value === undefined || value === '')
      throw new CheckBroken(`${reference}: expected output ${name} of stack ${label}, got ${value === '' ? 'an empty one' : 'none'}`);
    outputs.set(reference, value);
  }
  return text.replace(REFERENCE, (reference) => outputs.get(reference) ?? reference);
}
