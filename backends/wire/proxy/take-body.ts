/** Takes a request's body in: small ones whole, since they are here in one packet, others as a stream that is watched. */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, Transform } from 'node:stream';
import type { BodyTap } from './body-tap.ts';

/** A body that says it is no longer is waited for: on the way as a stream it costs more than it saves. */
const SMALL = 64 * 1024;

/**
 * Calls `taken` with null when there is no body, with all of it up to `hold` bytes (at least small ones that say their length), else with a stream of it.
 * Never called when the client goes before. `tap` sees every byte.
 */
export function takeBody(request: IncomingMessage, hold: number, tap: BodyTap, taken: (body: Buffer | Readable | null) => void): void {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && (length === undefined || Number(length) === 0)) {
    // Zero is said again where it was said, by the header.
    taken(null);
    return;
  }
  const most = length !== undefined && Number(length) <= SMALL ? SMALL : hold;
  if (most === 0) taken(watched(request, [], tap));
  else collect(request, most, tap, taken);
}

function collect(request: IncomingMessage, most: number, tap: BodyTap, taken: (body: Buffer | Readable) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    tap.saw(chunk);
    if (bytes <= most) return;
    request.off('data', onData).off('end', onEnd).pause();
    taken(watched(request, chunks, tap));
  };
  const onEnd = () => taken(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
  request.on('data', onData).on('end', onEnd);
  // The client's end is told by its response, which closes with it.
  request.on('error', () => undefined);
}

/** The rest of a request after `before`, which was seen already. A request that breaks off breaks the stream off. */
function watched(request: IncomingMessage, before: readonly Buffer[], tap: BodyTap): Readable {
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      tap.saw(chunk);
      done(null, chunk);
    },
  });
  for (const chunk of before) through.push(chunk);
  pipeline(request, through, () => undefined);
  return through;
}
