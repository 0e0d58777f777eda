/** `contract scan -`: one document from stdin with its variables; says whether each schema accepts both, and sends it when told. */
import { text as readAll } from 'node:stream/consumers';
import { createGraphql, type GraphqlOutcome } from '../../backends/wire/graphql.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import type { Contract } from '../../schemas/contract.ts';
import type { Finding } from '../../schemas/finding.ts';
import { findOneDocument } from '../../schemas/inventory/one-document.ts';
import { SourceFile } from '../../schemas/inventory/source-file.ts';
import { judgeVariables } from '../../schemas/judge-variables.ts';
import { operationNamed, operationsOf, parseDocument } from '../../schemas/prepared-document.ts';
import { severityOf } from '../../schemas/rules/policy.ts';
import { eachOnce } from '../../schemas/scan/judge-found.ts';
import { type NamedContract, scan } from '../../schemas/scan/scan.ts';
import type { ScanResult, Violation } from '../../schemas/scan/violation.ts';
import { UsageError } from '../failure.ts';
import { type OpenedSchema, openSchemas, parseSchemaNames, readTokens } from './open-schemas.ts';
import { readVariables, STDIN } from './read-variables.ts';
import { toScanJson } from './render-json.ts';
import { exitOf, render, standardHost } from './scan.ts';
import { policyOf, readInput, type ScanOptions } from './scan-options.ts';

const DEADLINE_MS = 60_000;
const BODY_LIMIT = 64 * 1024 * 1024;

/** Judges, sends and prints; answers the exit code. */
export async function scanByHand(
  paths: readonly string[],
  options: ScanOptions,
  input: NodeJS.ReadableStream = process.stdin,
  write: (text: string) => void = standardHost.write,
): Promise<number> {
  if (paths.length > 1) throw new UsageError(`-: expected no other path beside it, got ${paths.filter((path) => path !== '-').join(', ')}`);
  for (const [option, given] of [
    ['--watch', options.watch],
    ['--waivers', options.waivers],
  ] as const)
    if (given !== undefined) throw new UsageError(`${option}: expected a path in the source tree, got - with it`);
  const text = await readAll(input);
  const policy = await policyOf(options);
  const variables = readVariables(options.variables);
  const names = parseSchemaNames(options.schema);
  const tokens = readTokens(options.tokenEnv, names, process.env);
  const opened = await openSchemas(names, tokens);
  const contracts = await Promise.all(
    opened.map(async ({ name, contract }): Promise<NamedContract> => ({ name, contract: await contract() })),
  );
  const finder = findOneDocument;
  const file = new SourceFile(STDIN, text);
  const tree = { paths: [STDIN], unreadable: [], read: (path: string) => (path === STDIN ? file : null) };
  const scanned = await scan(tree, contracts, { '': async () => finder }, { policy, today: '' });
  const operation = operationOf(text, options.operation);
  const violations = [...scanned.violations];
  const add = (schema: string, finding: Finding, at: Pick<Violation, 'file' | 'line' | 'column'>) => {
    const severity = severityOf(policy, finding.rule, finding.severity);
    if (severity === null) return;
    violations.push({ ...at, operation: operation ?? null, name: STDIN, rule: finding.rule, severity, schema, message: finding.message });
  };
  if (!violations.some(({ rule }) => rule === 'syntax'))
    for (const { name, contract } of contracts)
      for (const finding of judgeVariables(contract, text, operation, variables.value)) add(name, finding, variables.placeOf(finding));
  let sent: GraphqlOutcome | null = null;
  if (options.send === true) {
    const { schema, url, contract } = await liveOne(opened);
    const refused = violations.some((one) => one.schema === schema && one.severity === 'error');
    if (!refused) {
      sent = await send(text, operation, variables.value, {
        url,
        contract,
        token: tokens.get(schema) ?? null,
        writes: options.writes === true,
      });
      for (const finding of sent.findings.filter(({ subject }) => subject === 'response'))
        add(schema, finding, { file: STDIN, line: finding.line ?? 1, column: finding.column ?? 1 });
    }
  }
  const result: ScanResult = { ...scanned, violations: eachOnce(violations) };
  const read = (path: string) => (path === STDIN ? text : path === options.variables ? readInput('--variables', path) : null);
  write(await show(result, opened, sent, options, read));
  if (sent !== null && (sent.errors !== null || sent.broken !== null)) return 1;
  return exitOf(result);
}

async function show(
  result: ScanResult,
  opened: readonly OpenedSchema[],
  sent: GraphqlOutcome | null,
  options: ScanOptions,
  read: (path: string) => string | null,
): Promise<string> {
  const names = opened.map(({ name }) => name);
  const answer = sent && { url: sent.url, status: sent.status, data: sent.data ?? null, errors: sent.errors, broken: sent.broken };
  const accepted = acceptedBy(result, names);
  if (options.json === true || options.format === 'json')
    return `${JSON.stringify({ ...toScanJson(result, names), accepted, sent: answer })}\n`;
  const report = await render(result, names, options, read);
  if (options.format !== 'text') return report;
  const verdicts = names.map((name) => `${name}: ${accepted[name] ? 'accepts it' : 'does not accept it'}\n`);
  return `${report}${verdicts.join('')}${sent ? `\n${sent.url} answered ${sent.status}\n${sent.body}\n` : ''}`;
}

const acceptedBy = ({ violations }: ScanResult, schemas: readonly string[]): Readonly<Record<string, boolean>> =>
  Object.fromEntries(schemas.map((schema) => [schema, !violations.some((one) => one.schema === schema && one.severity === 'error')]));

/** The name of the operation that runs; null for one without. Throws UsageError where it cannot be told. */
function operationOf(text: string, asked: string | undefined): string | null {
  const names = operationsOf(text).map(({ name }) => name ?? '(no name)');
  if (asked !== undefined) {
    if (names.length > 0 && !names.includes(asked))
      throw new UsageError(`--operation ${asked}: expected one of ${names.join(', ')}, got another`);
    return asked;
  }
  if (names.length > 1) throw new UsageError(`--operation: expected one of ${names.join(', ')}, got none`);
  return operationNamed(parseDocument(text), null)?.name?.value ?? null;
}

async function liveOne(
  opened: readonly OpenedSchema[],
): Promise<{ readonly schema: string; readonly url: string; readonly contract: Contract }> {
  const live = opened.filter(({ url }) => url !== null);
  const [first] = live;
  if (!first || first.url === null || live.length > 1)
    throw new UsageError(`--send: expected one --schema with a URL, to send it there, got ${live.length}`);
  return { schema: first.name, url: first.url, contract: await first.contract() };
}

async function send(
  text: string,
  name: string | null,
  variables: Readonly<Record<string, unknown>>,
  {
    url,
    contract,
    token,
    writes,
  }: { readonly url: string; readonly contract: Contract; readonly token: string | null; readonly writes: boolean },
): Promise<GraphqlOutcome> {
  const kind = operationsOf(text).find((operation) => operation.name === name)?.kind;
  if (kind !== 'query' && !writes)
    throw new UsageError(`--send: expected a query, or --writes with it, got a ${kind ?? 'document without an operation'}`);
  const policy = {
    origins: [new URL(url).origin],
    writes: writes ? 'namespace' : 'never',
    deadlineMs: DEADLINE_MS,
    bodyLimit: BODY_LIMIT,
  } as const;
  await using door = openDoor(policy, contract, token === null ? {} : { secrets: [token] });
  return await createGraphql(door, { url, token: () => token, client: 'crosscheck-scan' }).send({ text, name, free: true }, variables);
}
