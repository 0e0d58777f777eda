/** Undoes the content encodings of a body, for judging alone: what is forwarded stays as it is. */
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** Most bytes that a body may decode to: a few kB of zeros would fill any memory. */
const MOST = 64 * 1024 * 1024;
/** Nobody encodes a body more often. */
const MOST_CODINGS = 4;

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: MOST }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: MOST }),
  zstd: (bytes) => zstdDecompressSync(bytes, { maxOutputLength: MOST }),
  // With the header of zlib as RFC 9110 has it, or bare as some servers send it.
  deflate: (bytes) =>
    ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, { maxOutputLength: MOST }) : inflateRawSync(bytes, { maxOutputLength: MOST }),
};

/** The body as it was before `encoding` (a Content-Encoding header) was applied, or why it cannot be had. */
export function decodeBody(bytes: Uint8Array, encoding: string | null): { readonly bytes: Buffer } | { readonly trouble: string } {
  let decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim().replace(/^x-/, ''))
    .filter((one) => one !== '' && one !== 'identity');
  if (codings.length > MOST_CODINGS) return { trouble: 'encoded too often' };
  for (const coding of codings.reverse()) {
    const decode = decoders[coding];
    if (decode === undefined) return { trouble: `encoding ${coding.slice(0, 30)}` };
    try {
      decoded = decode(decoded) as Buffer<ArrayBuffer>;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      return { trouble: code === 'ERR_BUFFER_TOO_LARGE' ? 'too large when decoded' : `not ${coding}` };
    }
  }
  return { bytes: decoded };
}
