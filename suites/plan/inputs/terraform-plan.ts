/** Terraform's plan as JSON (`terraform show -json PLAN`): what changes, what is there, and what is known after apply only. */
import { z } from 'zod';
import { type Action, type ExistingResource, type Infrastructure, InputError, type Place, type PlannedResource } from '../plan-input.ts';
import type { Fields, Path, Value } from '../value.ts';
import { Unknown } from '../value.ts';
import { type Configuration, configurationSchema, openConfiguration } from './terraform-references.ts';

const fields = z.record(z.string(), z.unknown());

const changeSchema = z.looseObject({
  address: z.string().min(1),
  mode: z.string().optional(),
  type: z.string().min(1),
  change: z.looseObject({
    actions: z.array(z.string()),
    before: fields.nullish(),
    after: fields.nullish(),
    after_unknown: z.union([z.boolean(), fields]).optional(),
    before_sensitive: z.union([z.boolean(), fields]).optional(),
    after_sensitive: z.union([z.boolean(), fields]).optional(),
  }),
});
const stateResource = z.looseObject({ address: z.string(), type: z.string(), values: fields.default({}) });

interface StateModule {
  readonly resources?: readonly z.infer<typeof stateResource>[] | undefined;
  readonly child_modules?: readonly StateModule[] | undefined;
}
const stateModule: z.ZodType<StateModule> = z.looseObject({
  resources: z.array(stateResource).optional(),
  get child_modules() {
    return z.array(stateModule).optional();
  },
});

const planSchema = z.looseObject({
  format_version: z.string(),
  errored: z.boolean().optional(),
  resource_changes: z.array(changeSchema).default([]),
  prior_state: z.looseObject({ values: z.looseObject({ root_module: stateModule.optional() }).optional() }).optional(),
  configuration: configurationSchema.optional(),
});

/** Whether parsed JSON is Terraform's plan, or means to be. */
export const isTerraformPlan = (json: object): boolean =>
  'format_version' in json && ('resource_changes' in json || 'planned_values' in json || 'terraform_version' in json);

/** Reads a plan from its parsed JSON. Throws InputError. */
export function readTerraformPlan(path: string, json: object): Infrastructure {
  const place: Place = { file: path, line: null, column: null };
  const parsed = planSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      place,
      `${issue?.path.join('.')}: expected Terraform's plan as \`terraform show -json\` writes it: ${issue?.message}`,
    );
  }
  const plan = parsed.data;
  if (!/^[01]\./.test(plan.format_version))
    throw new InputError(place, `format_version: expected 0.x or 1.x, got ${JSON.stringify(plan.format_version)}`);
  if (!('resource_changes' in json) && 'values' in json)
    throw new InputError(
      place,
      "expected Terraform's plan, got a state; write a plan: terraform plan -out PLAN && terraform show -json PLAN",
    );
  if (!('resource_changes' in json) && !('planned_values' in json))
    throw new InputError(place, 'expected resource_changes, got a plan without them; write it again: terraform show -json PLAN');
  if (plan.errored === true)
    throw new InputError(place, 'expected a plan that was finished, got one that Terraform ended with errors; mend them and plan again');
  const configuration = openConfiguration(plan.configuration);
  const changes = plan.resource_changes;
  return {
    form: 'infrastructure',
    format: 'Terraform plan',
    path,
    resources: changes.map((change) => plannedOf(change, place, configuration)),
    existing: existingOf(plan.prior_state?.values?.root_module ?? {}),
    cycles: [],
  };
}

function plannedOf(
  { address, type, mode, change }: z.infer<typeof changeSchema>,
  place: Place,
  configuration: Configuration,
): PlannedResource {
  const { before, after, after_unknown: unknown = {}, after_sensitive: sensitive = {}, before_sensitive: hidden = {} } = change;
  const references = (path: Path) => configuration.referencesOf(address, path);
  const values = after === null || after === undefined ? {} : (mergeUnknown(after as Value, unknown as Value, [], references) as Fields);
  return {
    address,
    type,
    action: actionOf(mode, change.actions),
    values,
    before: (before ?? null) as Fields | null,
    place: () => place,
    isSensitive: (path) => marks(sensitive as Value, path) || marks(hidden as Value, path),
  };
}

function actionOf(mode: string | undefined, actions: readonly string[]): Action {
  if (mode === 'data') return 'read';
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  if (actions.includes('create')) return 'create';
  if (actions.includes('update')) return 'update';
  // Forgotten resources stay where they are.
  return actions.includes('delete') ? 'delete' : 'keep';
}

/** `after` has no key for what is not known; `after_unknown` says `true` there. */
function mergeUnknown(
  after: Value | undefined,
  unknown: Value | undefined,
  path: Path,
  references: (path: Path) => readonly string[],
): Value {
  if (unknown === true) return new Unknown('known after apply', references(path));
  if (Array.isArray(unknown) || Array.isArray(after)) {
    const known: readonly Value[] = Array.isArray(after) ? after : [];
    const marks: readonly Value[] = Array.isArray(unknown) ? unknown : [];
    const length = Math.max(known.length, marks.length);
    return Array.from({ length }, (_, index) => mergeUnknown(known[index], marks[index], [...path, index], references));
  }
  const isRecord = (value: Value | undefined): value is Fields => typeof value === 'object' && value !== null;
  if (!isRecord(after) && !(isRecord(unknown) && after === undefined)) return after ?? null;
  const known = isRecord(after) ? after : {};
  const marks = isRecord(unknown) ? unknown : {};
  const keys = new Set([...Object.keys(known), ...Object.keys(marks)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeUnknown(known[key], marks[key], [...path, key], references)]));
}

/** Whether the path, or something on the way to it or below it, is marked. */
function marks(mark: Value | undefined, path: Path): boolean {
  if (mark === true) return true;
  if (typeof mark !== 'object' || mark === null) return false;
  const [step, ...rest] = path;
  if (step === undefined) return Object.values(mark).some((one) => marks(one, []));
  return marks((mark as Readonly<Record<string | number, Value>>)[step], rest);
}

function existingOf(module: StateModule): readonly ExistingResource[] {
  const own = (module.resources ?? []).map(({ address, type, values }) => ({ address, type, values: values as Fields }));
  return [...own, ...(module.child_modules ?? []).flatMap(existingOf)];
}
