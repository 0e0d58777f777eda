/** Opens a file of an input: its first bytes, and its text where it is one. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { InputError, type Place } from '../plan-input.ts';

/** Largest text that is read. A plan of 5,000 resources has 20 MB; what CloudFormation takes has 1 MB. */
const LARGEST_TEXT = 32 * 1024 * 1024;

/** A tar archive is known by its 257th byte; what a text is, by its first lines. */
const HEAD = 64 * 1024;

export const placeOf = (file: string, line: number | null = null, column: number | null = null): Place => ({ file, line, column });

/** The first bytes. Throws InputError. */
export function readHead(path: string): Buffer {
  try {
    const status = statSync(path);
    if (!status.isFile()) throw new InputError(placeOf(path), 'expected a file or a folder, got something else');
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(Math.min(HEAD, status.size));
      return head.subarray(0, readSync(file, head, 0, head.length, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The whole text, UTF-8 or UTF-16 with its mark (as PowerShell writes). Throws InputError. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > LARGEST_TEXT)
      throw new InputError(
        placeOf(path),
        `expected at most ${LARGEST_TEXT / 1024 / 1024} MB of text, got ${Math.ceil(size / 1024 / 1024)} MB; give the parts one by one`,
      );
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  return decodeText(path, bytes);
}

function decodeText(path: string, bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(placeOf(path), 'expected text in UTF-8, got bytes that are not');
  }
  if (text.includes('\0')) throw new InputError(placeOf(path), 'expected text, got a binary file');
  if (text.trim() === '') throw new InputError(placeOf(path), 'expected something in it, got an empty file');
  return text;
}

function unreadable(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new InputError(placeOf(path), `expected a file that can be read, got ${code === 'ENOENT' ? 'nothing there' : code}`);
}
