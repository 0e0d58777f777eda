/** Asks a health endpoint. */
import { type Door, WireError } from '../../backends/wire/door.ts';
import { restSend } from '../../backends/wire/rest.ts';

export interface Health {
  readonly status: number;
  readonly type: string;
  /** The body as JSON; undefined for none. */
  readonly json: unknown;
}

/** The answer, or why there is none. Throws WireError only for what the door did not let out. */
export async function askHealth(door: Door, url: string): Promise<Health | string> {
  try {
    const { status, headers, body } = await restSend(door, { url });
    return { status, type: headers['content-type'] ?? 'none', json: parse(Buffer.from(body).toString()) };
  } catch (error) {
    if (error instanceof WireError && error.failure !== 'refused') return `no answer: ${error.message}`;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A value as a statement tells it. */
export function wordOf(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value).slice(0, 100);
}
