/** The hash of an entry: `sha2-256-chunked`, base64 of the SHA-256 over the SHA-256 of each chunk (quilt-protocol.md, Packages in S3). */
import { createHash } from 'node:crypto';

export const CHUNKED_HASH = 'sha2-256-chunked';

const MIB = 1024 * 1024;
/** S3 takes no more parts in one upload; the chunk doubles until they fit. */
const MAX_PARTS = 10_000;

/** Bytes in each chunk of an object of that size: 8 MiB, doubled while there would be more than 10,000 chunks. */
export function chunkSize(size: number): number {
  let chunk = 8 * MIB;
  while (Math.ceil(size / chunk) > MAX_PARTS) chunk *= 2;
  return chunk;
}

/** Ranges `[start, end)` of the chunks of an object of that size; none when it is empty. */
export function chunkRanges(size: number): { readonly start: number; readonly end: number }[] {
  const chunk = chunkSize(size);
  return Array.from({ length: Math.ceil(size / chunk) }, (_, index) => ({
    start: index * chunk,
    end: Math.min((index + 1) * chunk, size),
  }));
}

/** SHA-256 of one chunk. */
export function hashChunk(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** Value of the hash from those of its chunks, in their order. */
export function combineChunks(chunks: readonly Uint8Array[]): string {
  const whole = createHash('sha256');
  for (const chunk of chunks) whole.update(chunk);
  return whole.digest('base64');
}

/** Value of the hash of bytes in memory. */
export function chunkedHash(bytes: Uint8Array): string {
  return combineChunks(chunkRanges(bytes.length).map(({ start, end }) => hashChunk(bytes.subarray(start, end))));
}
