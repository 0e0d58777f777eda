/** Writes what quilt-mcp is known to do wrong for a reader: each finding with the exchange that showed it, secrets and names of the run taken out. */
import { createRedactor } from '../../reports/redaction.ts';
import { type KnownFinding, readFindings, type Told } from './mcp-findings.ts';

/** Longest text of one exchange that is shown. */
const SHOWN = 1_500;

/** The page as Markdown. `told` is what was seen in each mode, `names` what of a run is replaced by a symbol, longest first. */
export function findingsPage(product: string, told: Readonly<Record<string, readonly Told[]>>): string {
  const findings = readFindings();
  return [
    `# Findings in ${product}`,
    '',
    `Written by \`npm run verify:real -- quilt-mcp --write\` from \`.ci/real/quilt-mcp-findings.yaml\` and the exchanges of that run; each was looked at by hand.`,
    `\`verify:real\` fails when one no longer happens, happens otherwise, or another appears. The registry is not bent to any of them.`,
    '',
    ...findings.flatMap((finding, n) => section(finding, n + 1, told)),
  ].join('\n');
}

function section(finding: KnownFinding, n: number, told: Readonly<Record<string, readonly Told[]>>): string[] {
  const { title, breaks, incident, modes, calls, reason } = finding;
  const shown = modes.flatMap((mode) => (told[mode] ?? []).filter(({ id }) => id === calls[0]).map((call) => ({ mode, call }))).slice(0, 1);
  return [
    `## ${n}. ${title}`,
    '',
    `Breaks ${breaks === 'schema' ? "the registry's schema" : "the product's own contract"}${incident === undefined ? '' : ` (${incident})`}; in ${modes.join(' and ')} mode; calls: ${calls.join(', ')}.`,
    '',
    reason.trim(),
    '',
    ...shown.flatMap(({ mode, call }) => exchange(mode, call)),
  ];
}

function exchange(mode: string, { tool, parameters, answer, graphql, wrong }: Told): string[] {
  const lines = [`${mode}: ${tool} ${print(parameters)}`, `answer: ${print(answer)}`];
  for (const one of graphql.filter(({ findings }) => findings.length > 0).slice(0, 1)) {
    lines.push(
      '',
      'GraphQL document:',
      clean(one.document).replace(/^\s*\n|\s+$/g, ''),
      `variables: ${print(one.variables)}`,
      `status ${one.status}: ${print(one.answer)}`,
    );
  }
  lines.push('', 'wrong:', ...wrong.map((one) => clean(one).slice(0, SHOWN)));
  return ['```', ...lines, '```', ''];
}

const print = (value: unknown) => clean(JSON.stringify(createRedactor().json(value) ?? null)).slice(0, SHOWN);

/** Takes out what differs from run to run and what is secret. */
function clean(text: string): string {
  return createRedactor()
    .text(text)
    .replace(/http:\/\/127\.0\.0\.1:\d+(\/t\/t[0-9a-f]+)?/g, '{origin}')
    .replace(/crosscheck-t[0-9a-f]+-0/g, '{bucket}')
    .replace(/crosscheck-t[0-9a-f]+-1/g, '{other bucket}')
    .replace(/versionId=[\w.-]+/g, 'versionId={version}')
    .replace(/\b[0-9a-f]{64}\b/g, '{top hash}')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, '{time}')
    .replace(/<RequestId>\w+<\/RequestId>/g, '<RequestId>{id}</RequestId>')
    .replace(/((?:AWSAccessKeyId|Signature|x-amz-security-token|Expires)=)[^&"\s]+/gi, '$1{left out}');
}
