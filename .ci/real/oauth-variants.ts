/** The suite `oauth` on broken apps and providers: the healthy one passes every check, each variant fails exactly the check of its defect, and no check is tripped by nothing. */

import { loadPatchedApp } from '../../fixtures/embedded/app/patched-app.ts';
import { createSampleApp } from '../../fixtures/embedded/app/sample-app.ts';
import type { Variant } from '../../fixtures/embedded/app/variant.ts';
import { VARIANTS } from '../../fixtures/embedded/app/variants.ts';
import { startAppPart } from '../../fixtures/embedded/app-part.ts';
import { failOn, type RealCheck } from './check.ts';
import { runOAuth, type Verdicts } from './oauth-run.ts';
import { createOpenIdApp } from './openid-app.ts';

/** Runs every check on every variant, and prints the matrix. */
export const oauthVariants: RealCheck = {
  name: 'oauth: broken apps and providers',
  async run() {
    const findings: string[] = [];
    const healthy = await verdictsOf(createSampleApp);
    for (const [name, verdicts] of [
      ['the sample app (oauth4webapi)', healthy],
      ['the second app (openid-client)', await verdictsOf(createOpenIdApp)],
    ] as const)
      for (const [check, { verdict, message }] of verdicts)
        if (verdict !== 'passed') findings.push(`${name}, ${check}: expected passed, got ${verdict}: ${message}`);
    const rows: { readonly variant: Variant; readonly verdicts: Verdicts }[] = [];
    for (const variant of VARIANTS) {
      using app = await loadPatchedApp(variant.patches ?? []);
      const verdicts = await verdictsOf(app.create, variant.defects);
      rows.push({ variant, verdicts });
      findings.push(...judgeVariant(variant, verdicts));
    }
    for (const check of healthy.keys())
      if (!rows.some(({ verdicts }) => verdicts.get(check)?.verdict === 'failed'))
        findings.push(`${check}: expected a variant that trips it, got none`);
    process.stderr.write(matrix([...healthy.keys()], rows));
    failOn(findings);
    return {
      detail: `${VARIANTS.length} variants, each caught by the check of its defect alone; ${healthy.size} checks, each tripped and each passed by two healthy apps`,
    };
  },
};

async function verdictsOf(app: typeof createSampleApp, defects: Variant['defects'] = []): Promise<Verdicts> {
  await using running = await startAppPart({ app, defects });
  return await runOAuth(running.part);
}

/** What is wrong with the verdicts on a variant: a check that missed, one that cried without need, words that are missing. */
function judgeVariant({ id, catches, says }: Variant, verdicts: Verdicts): readonly string[] {
  const failed = [...verdicts].flatMap(([check, { verdict }]) => (verdict === 'failed' ? [check] : []));
  const messages = catches.map((check) => verdicts.get(check)?.message ?? '');
  const unsaid = says.filter((text) => !messages.some((message) => message.includes(text)));
  return [
    ...(failed.join() === [...catches].sort().join()
      ? []
      : [`${id}: expected ${catches.join(', ')} to fail, got ${failed.join(', ') || 'none'}`]),
    ...unsaid.map((text) => `${id}: expected the message to hold ${JSON.stringify(text)}, got ${messages.join(' / ').slice(0, 300)}`),
  ];
}

const MARKS: Readonly<Record<string, string>> = { passed: '.', failed: 'X', broken: 'b' };

function matrix(checks: readonly string[], rows: readonly { readonly variant: Variant; readonly verdicts: Verdicts }[]): string {
  const width = Math.max(...rows.map(({ variant }) => variant.id.length + variant.incident.length + 1));
  const legend = checks.map((check, index) => `${String(index + 1).padStart(3)} ${check}`);
  const head = `${' '.repeat(width)} ${checks.map((_, index) => String(index + 1).padStart(3)).join('')}`;
  const lines = rows.map(({ variant, verdicts }) => {
    const marks = checks.map((check) => (MARKS[verdicts.get(check)?.verdict ?? ''] ?? '?').padStart(3)).join('');
    return `${`${variant.incident} ${variant.id}`.padEnd(width)} ${marks}`;
  });
  return `${['variant × check: X failed, b broken (could not be asked any more), . passed', ...legend, head, ...lines].join('\n')}\n`;
}
