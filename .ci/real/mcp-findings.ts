/** What quilt-mcp is known to do wrong, looked at by hand, and whether it still does exactly that. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SeenGraphql } from './origin-proxy.ts';

/** A call that was made. `wrong` is empty when it completed with its effect and broke no schema. */
export interface Told {
  readonly id: string;
  readonly tool: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
  readonly graphql: readonly SeenGraphql[];
  readonly wrong: readonly string[];
}

const finding = z.strictObject({
  /** Calls of the story that it happens in. */
  calls: z.array(z.string()).min(1),
  modes: z.array(z.enum(['legacy', 'remote'])).min(1),
  title: z.string(),
  /** What is broken: the schema of the registry, or what the product itself promises. */
  breaks: z.enum(['schema', 'contract']),
  incident: z.string().optional(),
  /** Strings that what is wrong with the call must hold, all of them. */
  says: z.array(z.string().min(1)).min(1),
  reason: z.string(),
});

export type KnownFinding = z.infer<typeof finding>;

/** The known findings, as written in `quilt-mcp-findings.yaml`. */
export function readFindings(): readonly KnownFinding[] {
  return z.array(finding).parse(parse(readFileSync(new URL('quilt-mcp-findings.yaml', import.meta.url), 'utf8')) ?? []);
}

/** Everything that is new, other than written, or no longer so; and how many calls are known findings. */
export function judgeTold(
  mode: string,
  told: readonly Told[],
  findings: readonly KnownFinding[] = readFindings(),
): { readonly wrong: readonly string[]; readonly known: number } {
  const here = findings.filter(({ modes }) => (modes as readonly string[]).includes(mode));
  const wrong: string[] = [];
  let known = 0;
  for (const call of told) {
    const text = call.wrong.join('\n');
    const about = here.filter(({ calls }) => calls.includes(call.id));
    if (call.wrong.length > 0 && about.length === 0) wrong.push(`${call.id} (${call.tool}): ${text}`);
    if (call.wrong.length > 0 && about.length > 0) known++;
    for (const { title, says } of about) {
      const missing = says.filter((one) => !text.includes(one));
      if (missing.length > 0)
        wrong.push(
          `${call.id} (${call.tool}): known finding "${title}": expected ${JSON.stringify(missing)}, got ${text || 'a call that completes'}`,
        );
    }
  }
  const ids = new Set(told.map(({ id }) => id));
  for (const { title, calls } of here)
    for (const id of calls) if (!ids.has(id)) wrong.push(`known finding "${title}": expected a call named ${id}, got none`);
  return { wrong, known };
}
