/** D-32: a setting that vanished, is empty, or is not the JSON that it must be. */
import { problemsOf } from '../../stack/fits-schema.ts';
import { isStackOutput } from '../expectations.ts';
import { expectedWorkloads } from '../expected-workload.ts';
import { kindOf } from '../printable.ts';
import { type Answer, breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';
import { type Workload, workloadsOf } from '../workloads.ts';

interface Setting {
  readonly equals?: string | undefined;
  readonly matches?: string | undefined;
  readonly json?: Readonly<Record<string, unknown>> | undefined;
}

export const requiredSettingsRule = planRule({
  id: 'required-settings',
  incidents: ['D-32'],
  severity: 'error',
  title: 'every required setting is there, and is what it must be',
  documentation:
    'Which settings a service or function needs stands in the target file: `services.LABEL.environment` and `functions.LABEL.environment`, each with `equals`, `matches` or a JSON Schema. Without it the plan is held against what is deployed now: JSON that held something must not become {} or text that is no JSON; a setting that goes away is a warning. Values are never printed. Legal: a setting filled from a secret, a value known after apply, and {} where nothing else was expected.',
  of: 'infrastructure',
  *ask(input, expected) {
    const required = new Map<Workload['resource'], Set<string>>();
    for (const { key, expected: wanted, workloads } of expectedWorkloads(input, expected))
      for (const [name, setting] of Object.entries(wanted.environment)) {
        for (const { resource } of workloads) required.set(resource, (required.get(resource) ?? new Set()).add(name));
        yield* askSetting(`${key}.environment.${name}`, name, setting, workloads);
      }
    for (const workload of workloadsOf(input)) yield* comparePrior(workload, required.get(workload.resource) ?? new Set());
  },
});

/** Of several containers one must have it. */
function* askSetting(key: string, name: string, setting: Setting, workloads: readonly Workload[]): Iterable<Answer> {
  const [workload] = workloads;
  if (workload === undefined || workloads.some(({ secrets }) => secrets.has(name))) return;
  const holder = workloads.find(({ environment }) => environment.has(name));
  const at = { resource: workload.title, place: workload.resource.place([]) };
  if (holder === undefined) {
    const reason = workloads.map(({ unseen, unseenSecrets }) => unseen ?? unseenSecrets).find((one) => one !== null);
    if (reason !== undefined) yield notKnown({ ...at, message: name, reason });
    else
      yield breach({
        ...at,
        message: `the required setting ${name} is missing`,
        expected: `${name} to be set (${key})`,
        got: [...new Set(workloads.flatMap(({ environment }) => [...environment.keys()]))].sort().join(', ') || 'no settings at all',
        mend: `set ${name} of ${workload.title}`,
      });
    return;
  }
  const placed = holder.environment.get(name);
  if (placed === undefined) return;
  const { value, path } = placed;
  const here = { resource: holder.title, place: holder.resource.place(path) };
  if (value instanceof Unknown) {
    yield notKnown({ ...here, message: name, reason: value.reason });
    return;
  }
  if (setting.equals !== undefined && isStackOutput(setting.equals)) {
    yield notKnown({ ...here, message: name, reason: `compared with ${setting.equals}, which only the stack knows` });
    return;
  }
  const wrong = whatIsWrong(value === null ? '' : String(value), setting);
  if (wrong !== null)
    yield breach({
      ...here,
      message: `the required setting ${name} is not what it must be`,
      expected: `${wrong.expected} (${key})`,
      got: wrong.got,
      mend: `correct ${name} of ${holder.title}`,
    });
}

/** What the value should have been; the value itself may be a secret, and is never told. */
function whatIsWrong(text: string, { equals, matches, json }: Setting): { readonly expected: string; readonly got: string } | null {
  const length = text === '' ? 'an empty text' : `another text of ${text.length} characters`;
  if (equals !== undefined && text !== equals) return { expected: JSON.stringify(equals), got: length };
  if (matches !== undefined && !new RegExp(matches).test(text)) return { expected: `a text that matches ${matches}`, got: length };
  if (text === '' && equals === undefined) return { expected: 'a text that is not empty', got: 'an empty text' };
  if (json === undefined) return null;
  const parsed = parse(text);
  if (parsed === undefined) return { expected: 'JSON', got: `${length.replace('another ', 'a ')} that is no JSON` };
  const problems = problemsOf(json, parsed);
  return problems.length === 0 ? null : { expected: 'JSON that fits its schema', got: `${kindOf(parsed)}: ${problems.join('; ')}` };
}

function* comparePrior(
  { resource, title, environment, before, secrets, ...rest }: Workload,
  required: ReadonlySet<string>,
): Iterable<Answer> {
  if (before === null || before.size === 0) return;
  const unseen = rest.unseen ?? rest.unseenSecrets;
  if (unseen !== null)
    yield notKnown({ resource: title, place: resource.place([]), message: 'whether it keeps the settings of now', reason: unseen });
  for (const [name, { value: earlier }] of before) {
    if (required.has(name) || secrets.has(name) || typeof earlier !== 'string') continue;
    const now = environment.get(name);
    const at = { resource: title, place: resource.place(now?.path ?? []) };
    if (now === undefined && unseen !== null) continue;
    if (now === undefined)
      yield breach({
        ...at,
        severity: 'warning',
        message: `the setting ${name} goes away`,
        expected: `${name}, which is deployed now`,
        got: 'none',
        mend: `set ${name} again, or take it as meant`,
      });
    else if (typeof now.value === 'string' && holdsSomething(parse(earlier)) && !holdsSomething(parse(now.value)))
      yield breach({
        ...at,
        message: `the setting ${name} loses what it holds`,
        expected: 'JSON that holds something, as the one that is deployed now',
        got: kindOfText(now.value),
        mend: `give ${name} of ${title} its value again`,
      });
  }
}

function kindOfText(text: string): string {
  if (text.trim() === '') return 'an empty text';
  const parsed = parse(text);
  return parsed === undefined ? `a text of ${text.length} characters that is no JSON` : kindOf(parsed);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const holdsSomething = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
