/** Asks every rule of every input that the paths hold. */
import type { Expectations } from './expectations.ts';
import { readInputs, type Unreadable } from './inputs/read-inputs.ts';
import type { Place, PlanInput } from './plan-input.ts';
import type { Answer, PlanSeverity } from './rule.ts';
import { planRules } from './rules.ts';

export interface PlanFinding extends Place {
  readonly rule: string;
  readonly severity: PlanSeverity;
  readonly resource: string;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  readonly mend: string;
}

export interface PlanUnknown extends Place {
  readonly rule: string;
  readonly resource: string;
  readonly message: string;
  readonly reason: string;
}

export interface PlanResult {
  readonly inputs: readonly { readonly path: string; readonly format: string; readonly resources: number }[];
  readonly findings: readonly PlanFinding[];
  readonly unknown: readonly PlanUnknown[];
  readonly unreadable: readonly Unreadable[];
}

/** Reads every input below the paths and asks all rules; what cannot be read is listed, and the others go on. */
export async function checkPlan(paths: readonly string[], expected: Expectations): Promise<PlanResult> {
  const inputs: PlanResult['inputs'][number][] = [];
  const findings: PlanFinding[] = [];
  const unknown: PlanUnknown[] = [];
  const unreadable: Unreadable[] = [];
  for await (const read of readInputs(paths)) {
    if ('unreadable' in read) {
      unreadable.push(read.unreadable);
      continue;
    }
    const { input } = read;
    inputs.push({ path: input.path, format: input.format, resources: countOf(input) });
    for (const { rule, answer } of askAll(input, expected, unreadable)) {
      const { place, resource, message } = answer;
      const at = { ...place, rule: rule.id, resource, message };
      if (answer.kind === 'unknown') unknown.push({ ...at, reason: answer.reason });
      else {
        const { expected: wanted, got, mend, severity = rule.severity } = answer;
        findings.push({ ...at, severity, expected: wanted, got, mend });
      }
    }
  }
  return { inputs, findings: findings.sort(byPlace), unknown: unknown.sort(byPlace), unreadable };
}

/** The answers of every rule that is for the form of the input. A rule that could not be asked is said, and the others go on. */
function* askAll(
  input: PlanInput,
  expected: Expectations,
  unreadable: Unreadable[],
): Iterable<{ rule: (typeof planRules)[number]; answer: Answer }> {
  for (const rule of planRules) {
    try {
      for (const answer of ask(rule, input, expected)) yield { rule, answer };
    } catch (error) {
      const message = `the rule ${rule.id} could not be asked: ${error instanceof Error ? error.message : String(error)}`;
      unreadable.push({ file: input.path, line: null, column: null, message });
    }
  }
}

function ask(rule: (typeof planRules)[number], input: PlanInput, expected: Expectations): Iterable<Answer> {
  if (rule.of === 'infrastructure' && input.form === 'infrastructure') return rule.ask(input, expected);
  if (rule.of === 'image' && input.form === 'image') return rule.ask(input, expected);
  if (rule.of === 'manifest' && input.form === 'manifest') return rule.ask(input, expected);
  return [];
}

/** 2: something could not be read, or there was nothing; 1: an error; 0: none. */
export function exitOfPlan({ inputs, findings, unreadable }: PlanResult): number {
  if (unreadable.length > 0 || inputs.length === 0) return 2;
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function countOf(input: PlanInput): number {
  if (input.form === 'infrastructure') return input.resources.length;
  return input.form === 'image' ? input.images.length : 1;
}

type Sorted = Place & { readonly resource: string; readonly rule: string };
const byPlace = (a: Sorted, b: Sorted): number =>
  a.file.localeCompare(b.file) ||
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  a.resource.localeCompare(b.resource) ||
  a.rule.localeCompare(b.rule);
