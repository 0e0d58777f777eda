/** A recording as shell text: one curl command a request, its secrets as variables. */
import { piecesOf } from '../../reports/stand-ins.ts';
import type { KeptBody } from './recording.ts';
import { AWS_VARIABLES, type Exported, type ExportedSend } from './shell-variables.ts';

/** The text, for sh; it says first which variables it reads. */
export function exportCurl({ sends, variables }: Exported, title: string): string {
  const word = (text: string) => shellWord(text, variables);
  const aws = sends.some(({ signed }) => signed) ? AWS_VARIABLES : [];
  const needed = [...aws, ...new Set(variables.values())];
  return [
    `# ${title}: ${sends.length} requests, as they were sent.`,
    ...(needed.length === 0 ? [] : [`# Set first: ${needed.join(', ')}`]),
    '',
    ...sends.map((sent) => command(sent, word)),
  ].join('\n');
}

function command({ name, send, signed, headers, region }: ExportedSend, word: (text: string) => string): string {
  const came = send.answer === null ? `no answer: ${oneLine(send.failure?.message ?? '')}` : `${send.answer.status}`;
  const options = [
    `curl -sS -X ${send.method} ${word(send.url)}`,
    ...(send.method === 'HEAD' ? ['--head'] : []),
    ...headers.map(([header, value]) => `-H ${word(`${header}: ${value}`)}`),
    // Before 8.0 curl signs no payload for S3 unless it is told what to say of it.
    ...(signed ? ["-H 'x-amz-content-sha256: UNSIGNED-PAYLOAD'"] : []),
    ...(signed ? [`--aws-sigv4 ${word(`aws:amz:${region}:s3`)} --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"`] : []),
  ];
  const { before, option, note } = bodyOf(send.body, word);
  const notes = [
    `# ${name}: ${came}`,
    ...(send.url.includes('[redacted]') ? ['# Its URL was signed; take a new one.'] : []),
    ...(note === null ? [] : [note]),
  ];
  return `${notes.join('\n')}\n${before}${[...options, ...(option === null ? [] : [option])].join(' \\\n  ')}\n`;
}

function bodyOf(body: KeptBody | null, word: (text: string) => string): { before: string; option: string | null; note: string | null } {
  if (body === null) return { before: '', option: null, note: null };
  if ('sha256' in body)
    return { before: '', option: null, note: `# Its body of ${body.bytes} bytes (SHA-256 ${body.sha256}) was not kept.` };
  if ('text' in body) return { before: '', option: `--data-binary ${word(body.text)}`, note: null };
  return { before: `printf %s '${body.base64}' | base64 -d | `, option: '--data-binary @-', note: null };
}

/** One word of sh: plain text in single quotes, a secret as its variable in double ones. */
function shellWord(text: string, variables: ReadonlyMap<string, string>): string {
  const pieces = piecesOf(text).map((piece) =>
    'plain' in piece ? `'${piece.plain.replaceAll("'", String.raw`'\''`)}'` : `"$${variables.get(piece.standIn) ?? 'SECRET'}"`,
  );
  return pieces.length === 0 ? "''" : pieces.join('');
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
