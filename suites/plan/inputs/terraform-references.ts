/** Which resources a value of Terraform's plan comes from, by the configuration that the plan holds. */
import { z } from 'zod';
import { withoutIndices } from '../address.ts';
import type { Path } from '../value.ts';

interface ConfigModule {
  readonly resources?:
    | readonly { readonly address: string; readonly expressions?: Readonly<Record<string, unknown>> | undefined }[]
    | undefined;
  readonly module_calls?:
    | Readonly<
        Record<string, { readonly expressions?: Readonly<Record<string, unknown>> | undefined; readonly module?: ConfigModule | undefined }>
      >
    | undefined;
}
const expressions = z.record(z.string(), z.unknown()).optional();
const moduleSchema: z.ZodType<ConfigModule> = z.looseObject({
  resources: z.array(z.looseObject({ address: z.string(), expressions })).optional(),
  get module_calls() {
    return z.record(z.string(), z.looseObject({ expressions, module: moduleSchema.optional() })).optional();
  },
});

export const configurationSchema = z.looseObject({ root_module: moduleSchema.optional() });

export interface Configuration {
  /** Addresses, without indices, that the value at a path of a resource refers to. */
  referencesOf(address: string, path: Path): readonly string[];
}

/** Longest way through modules that a variable is followed. */
const DEEPEST = 20;

export function openConfiguration(configuration: z.infer<typeof configurationSchema> | undefined): Configuration {
  const root = configuration?.root_module ?? {};
  const moduleAt = (names: readonly string[]): ConfigModule | undefined =>
    names.reduce<ConfigModule | undefined>((module, name) => module?.module_calls?.[name]?.module, root);
  const resources = new Map<ConfigModule, ReadonlyMap<string, Readonly<Record<string, unknown>> | undefined>>();
  const expressionsOf = (module: ConfigModule | undefined, address: string) => {
    if (module === undefined) return undefined;
    const known = resources.get(module) ?? new Map((module.resources ?? []).map((one) => [one.address, one.expressions]));
    resources.set(module, known);
    return known.get(address);
  };
  const prefix = (names: readonly string[]) => names.map((name) => `module.${name}.`).join('');

  const resolve = (reference: string, modules: readonly string[], depth: number): readonly string[] => {
    const [head = '', name = ''] = withoutIndices(reference).split('.');
    if (depth > DEEPEST || ['local', 'each', 'count', 'path', 'self', 'terraform', 'module'].includes(head)) return [];
    if (head !== 'var') {
      const parts = withoutIndices(reference).split('.');
      return [`${prefix(modules)}${parts.slice(0, head === 'data' ? 3 : 2).join('.')}`];
    }
    const call = modules.at(-1);
    if (call === undefined) return [];
    const outer = modules.slice(0, -1);
    const passed = moduleAt(outer)?.module_calls?.[call]?.expressions?.[name];
    return referencesIn(passed).flatMap((one) => resolve(one, outer, depth + 1));
  };

  return {
    referencesOf(address, path) {
      const parts = withoutIndices(address).split('.');
      const modules: string[] = [];
      while (parts[0] === 'module' && parts.length > 2) {
        modules.push(parts[1] ?? '');
        parts.splice(0, 2);
      }
      const own = parts.join('.');
      let node: unknown = expressionsOf(moduleAt(modules), own);
      for (const step of path) {
        if (typeof node !== 'object' || node === null || 'references' in node) break;
        node = (node as Readonly<Record<string | number, unknown>>)[step];
      }
      return [...new Set(referencesIn(node).flatMap((one) => resolve(one, modules, 0)))];
    },
  };
}

function referencesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null || !('references' in node) || !Array.isArray(node.references)) return [];
  return node.references.filter((one) => typeof one === 'string');
}
