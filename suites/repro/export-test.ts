/** A recording as the text of a vitest file that needs nothing of ours: it sends each request again, and holds status and form of the answer. */
import { piecesOf } from '../../reports/stand-ins.ts';
import type { RecordedSend } from './recording.ts';
import { AWS_VARIABLES, type Exported, type ExportedSend } from './shell-variables.ts';

/** The text of `NAME.test.ts`. Origins can be set as well, so that the same file asks another deployment. */
export function exportTest({ sends, variables }: Exported, title: string): string {
  const origins = new Map(
    [...new Set(sends.map(({ send }) => new URL(send.url).origin))].map((origin, index) => [origin, `ORIGIN_${index + 1}`]),
  );
  const aws = sends.some(({ signed }) => signed);
  const secrets = [...(aws ? AWS_VARIABLES : []), ...new Set(variables.values())];
  const write = (text: string) => literal(text, variables, origins);
  return [
    `/** ${title}: ${sends.length} requests, sent again in their order. Statuses and forms of answers are held, not their values. */`,
    ...(aws ? ["import { createHash, createHmac } from 'node:crypto';"] : []),
    "import { expect, test } from 'vitest';",
    '',
    ...[...origins].map(([origin, name]) => `const ${name} = process.env['${name}'] ?? ${JSON.stringify(origin)};`),
    ...secrets.map((name) => `const ${name} = process.env['${name}'] ?? '';`),
    '',
    FORM,
    ...(aws ? [SIGN] : []),
    ...sends.map((sent) => testOf(sent, write)),
  ].join('\n');
}

function testOf({ name, send, signed, headers, region }: ExportedSend, write: (text: string) => string): string {
  const { body, answer } = send;
  const path = new URL(send.url).pathname;
  const title = JSON.stringify(`${name}: ${send.method} ${path}`);
  if (answer === null || (body !== null && 'sha256' in body) || send.url.includes('[redacted]'))
    return `test.skip(${title} + ${JSON.stringify(` (${whySkipped(send)})`)}, () => {});\n`;
  const bytes =
    body === null ? null : 'text' in body ? write(body.text) : 'base64' in body ? `Buffer.from('${body.base64}', 'base64')` : null;
  const form = formOfAnswer(answer);
  return [
    `test(${title}, async () => {`,
    `  const url = ${write(send.url)};`,
    ...(bytes === null ? [] : [`  const body = ${bytes};`]),
    `  const headers = { ${headers.map(([header, value]) => `${JSON.stringify(header)}: ${write(value)}`).join(', ')} };`,
    `  const answer = await fetch(url, { method: '${send.method}', redirect: 'manual', headers: ${signed ? `sign('${send.method}', url, headers, ${bytes === null ? "''" : 'body'}, '${region}')` : 'headers'}${bytes === null ? '' : ', body'} });`,
    `  expect(answer.status).toBe(${answer.status});`,
    ...(form === null ? [] : [`  expect(formOf(await answer.json())).toEqual(${JSON.stringify(form)});`]),
    '});\n',
  ].join('\n');
}

function whySkipped({ answer, failure, url }: RecordedSend): string {
  if (answer === null) return `no answer came: ${failure?.message ?? ''}`;
  return url.includes('[redacted]') ? 'its URL was signed' : 'its body was not kept';
}

/** A template literal of a text: origins and secrets are constants of the file. */
function literal(text: string, variables: ReadonlyMap<string, string>, origins: ReadonlyMap<string, string>): string {
  const inner = piecesOf(text)
    .map((piece) => {
      if ('standIn' in piece) return `\${${variables.get(piece.standIn) ?? 'SECRET_1'}}`;
      let plain = piece.plain.replaceAll(/[\\`]|\$\{/g, (mark) => `\\${mark}`).replaceAll('\r', String.raw`\r`);
      for (const [origin, name] of origins) plain = plain.replaceAll(origin, () => `\${${name}}`);
      return plain;
    })
    .join('');
  return `\`${inner}\``;
}

function formOfAnswer({ headers, body }: NonNullable<RecordedSend['answer']>): unknown {
  if (body === null || !('text' in body) || !/json/.test(headers['content-type'] ?? '')) return null;
  try {
    return formOf(JSON.parse(body.text));
  } catch {
    return null;
  }
}

/** Types for values, but the names of types as they are; of a list the form of its first element. The exported file has the same. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(formOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === '__typename' ? member : formOf(member)]));
}

const FORM = `/** Types for values, but the names of types as they are; of a list the form of its first element. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(formOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, name === '__typename' ? member : formOf(member)]));
}
`;

const SIGN = `/** AWS Signature Version 4 for S3. */
function sign(method: string, url: string, headers: Record<string, string>, body: string | Uint8Array, region: string): Record<string, string> {
  const { host, pathname, searchParams } = new URL(url);
  const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
  const hmac = (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest();
  const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => \`%\${mark.charCodeAt(0).toString(16).toUpperCase()}\`);
  const time = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, '');
  const own = { ...headers, 'x-amz-date': time, 'x-amz-content-sha256': sha256(body) };
  const signed = Object.entries({ ...own, host }).map(([name, value]): [string, string] => [name.toLowerCase(), value.trim()]);
  signed.sort(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const query = [...searchParams].map(([name, value]) => \`\${encode(name)}=\${encode(value)}\`).sort().join('&');
  const lines = signed.map(([name, value]) => \`\${name}:\${value}\\n\`).join('');
  const canonical = [method, pathname, query, lines, names, sha256(body)].join('\\n');
  const scope = \`\${time.slice(0, 8)}/\${region}/s3/aws4_request\`;
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(\`AWS4\${AWS_SECRET_ACCESS_KEY}\`, time.slice(0, 8)));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\\n')).toString('hex');
  return { ...own, authorization: \`AWS4-HMAC-SHA256 Credential=\${AWS_ACCESS_KEY_ID}/\${scope}, SignedHeaders=\${names}, Signature=\${signature}\` };
}
`;
