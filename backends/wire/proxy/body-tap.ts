/** Keeps a copy of a body as it passes, as long as there is room for it. */
import { KEPT_BYTES } from '../record.ts';
import type { PassedBody } from './passed-exchange.ts';

/** Bytes that all bodies together may take, those not yet judged included. */
export interface Room {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function roomOf(limit: number): Room {
  let left = limit;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    give(bytes) {
      left += bytes;
    },
  };
}

/** What stays of a body that is not kept whole: as much as a record shows. */
const HEAD = KEPT_BYTES;

export interface BodyTap {
  saw(chunk: Uint8Array): void;
  /** The copy; the room that `kept` takes is the caller's to give back. */
  passed(): PassedBody;
}

/** A tap that keeps `limit` bytes, less where `room` has not as many; 0 counts bytes only. */
export function bodyTap(limit: number, room: Room): BodyTap {
  let chunks: Uint8Array[] = [];
  let [kept, bytes] = [0, 0];
  let leftOut: PassedBody['leftOut'] = null;
  const cut = (why: NonNullable<PassedBody['leftOut']>) => {
    leftOut = why;
    const head = joined(chunks, kept).slice(0, HEAD);
    room.give(kept - head.length);
    chunks = [head];
    kept = head.length;
  };
  return {
    saw(chunk) {
      bytes += chunk.length;
      if (limit === 0 || leftOut !== null) return;
      if (kept + chunk.length > limit) cut('too large');
      else if (!room.take(chunk.length)) cut('too much at once');
      else {
        // A few bytes of a large block would keep all of the block in memory.
        chunks.push(chunk.length * 4 < chunk.buffer.byteLength ? Buffer.from(chunk) : chunk);
        kept += chunk.length;
      }
    },
    passed: () => ({ kept: joined(chunks, kept), complete: leftOut === null && kept === bytes, leftOut, bytes }),
  };
}

/** In memory of its own, which can be handed to another thread. */
function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
