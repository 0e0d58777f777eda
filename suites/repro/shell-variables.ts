/** Names for the secrets of a recording, as variables of whoever runs what is exported from it. */
import { piecesOf } from '../../reports/stand-ins.ts';
import type { RecordedSend } from './recording.ts';

/** Keys are signed with, not sent: their names are AWS's own. */
export const AWS_VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** Headers of the connection, of the signature and of the SDK: made anew by whoever sends again. */
const MADE_ANEW =
  /^(?:host|connection|content-length|authorization|expect|x-amz-date|x-amz-content-sha256|x-amz-user-agent|user-agent|amz-sdk-.*)$/i;

/** A request as it is exported. */
export interface ExportedSend {
  /** `quilt3 3`. */
  readonly name: string;
  readonly send: RecordedSend;
  /** True when it is signed with AWS keys. */
  readonly signed: boolean;
  /** Headers that say something of the request; the bearer is among them. */
  readonly headers: readonly (readonly [string, string])[];
  readonly region: string;
}

/** What every exporter is given. */
export interface Exported {
  readonly sends: readonly ExportedSend[];
  /** Stand-in → variable: `TOKEN`, `TOKEN_2`, `AWS_SESSION_TOKEN`, `SECRET_1`. */
  readonly variables: ReadonlyMap<string, string>;
}

/** All requests of some sides, in their order, and a variable for each secret in them. */
export function exportSends(sides: readonly (readonly [string, readonly RecordedSend[]])[], region: string): Exported {
  const variables = new Map<string, string>();
  const counts = new Map<string, number>();
  const name = (standIn: string, word: string) => {
    if (variables.has(standIn)) return;
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    variables.set(standIn, count === 1 && word !== 'SECRET' ? word : `${word}_${count}`);
  };
  const nameAll = (text: string, word: string) => {
    for (const piece of piecesOf(text)) if ('standIn' in piece) name(piece.standIn, word);
  };
  const sends = sides.flatMap(([side, all]) =>
    all.map((send, index): ExportedSend => {
      const credentials = headerOf(send, 'authorization') ?? '';
      const headers = Object.entries(send.headers).filter(
        ([header, value]) => !MADE_ANEW.test(header) || (header.toLowerCase() === 'authorization' && value.startsWith('Bearer ')),
      );
      for (const [header, value] of headers) nameAll(value, wordFor(header));
      nameAll(send.url, 'SECRET');
      if (send.body !== null && 'text' in send.body) nameAll(send.body.text, 'SECRET');
      return { name: `${side} ${index + 1}`, send, signed: credentials.startsWith('AWS4-HMAC-SHA256'), headers, region };
    }),
  );
  return { sends, variables };
}

function wordFor(header: string): string {
  if (/^authorization$/i.test(header)) return 'TOKEN';
  return /^x-amz-security-token$/i.test(header) ? 'AWS_SESSION_TOKEN' : 'SECRET';
}

function headerOf({ headers }: RecordedSend, name: string): string | undefined {
  return Object.entries(headers).find(([header]) => header.toLowerCase() === name)?.[1];
}
