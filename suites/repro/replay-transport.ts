/** A transport that opens no connection: it answers what was recorded, each answer once, and names what was not. */
import { createHash } from 'node:crypto';
import type { Send, Sender, Transport } from '../../backends/wire/transport.ts';
import { blurSecrets } from '../../reports/stand-ins.ts';
import type { KeptBody, RecordedSend } from './recording.ts';

/** The answers of one side. `missing` is called with each request that the recording does not hold. */
export function replayTransport(sends: readonly RecordedSend[], missing: (what: string) => void): Transport {
  const left = new Map<string, RecordedSend[]>();
  for (const send of sends) {
    const key = keyOf(send.method, send.url, bodyKey(send.body));
    left.set(key, [...(left.get(key) ?? []), send]);
  }
  const places = new Set(sends.map(({ method, url }) => `${method} ${placeOf(url)}`));

  const request: Sender['request'] = async (send) => {
    const url = send.origin + send.path;
    const bytes = await bytesOf(send.body);
    const keys = [bodyKey(bytes === null ? null : asText(bytes)), bytes === null ? '' : `sha256 ${hash(bytes)}`];
    const queue = keys.map((key) => left.get(keyOf(send.method, url, key)) ?? []).find((one) => one.length > 0);
    const recorded = queue?.shift();
    const what = `${send.method} ${blurSecrets(placeOf(url))}${labelOf(bytes)}`;
    const refuse = (why: string): never => {
      missing(`${what}: ${why}`);
      throw new Error(`${what}: ${why}`);
    };
    if (recorded === undefined) {
      const alike = keys.some((key) => left.has(keyOf(send.method, url, key)));
      const known = places.has(`${send.method} ${placeOf(url)}`);
      return refuse(
        alike
          ? 'expected as often as it was recorded, got it once more'
          : known
            ? 'expected a request of the recording, got this one with another body'
            : 'expected a request of the recording, got one that is not in it',
      );
    }
    const { answer, failure } = recorded;
    if (failure !== null && answer === null) return await failing(failure, send.signal);
    if (answer === null) return refuse('expected an answer in the recording, got none');
    if (answer.body !== null && 'sha256' in answer.body)
      return refuse(`expected the body of its answer in the recording, got its hash alone, since it has ${answer.body.bytes} bytes`);
    const body = bytesOfKept(answer.body);
    const read = async function* () {
      if (body.length > 0) yield body;
      if (failure !== null) await failing(failure, send.signal);
    };
    return { statusCode: answer.status, headers: { ...answer.headers }, body: Object.assign(read(), { destroy: () => undefined }) };
  };

  return { to: () => ({ dispatcher: { request }, proxy: null }), async [Symbol.asyncDispose]() {} };
}

/** Fails as was recorded; a request that was given up never gets an answer, until it is given up again. */
async function failing({ aborted, code, message }: NonNullable<RecordedSend['failure']>, signal: AbortSignal): Promise<never> {
  if (aborted && !signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  throw Object.assign(new Error(message), code === null ? {} : { code });
}

const keyOf = (method: string, url: string, body: string) => `${method} ${placeOf(url)} ${body}`;

/** Parameters that say who asks and when, not what. */
const OF_THE_SIGNATURE =
  /^(?:x-amz-(?:algorithm|credential|date|expires|security-token|signature|signedheaders)|awsaccesskeyid|signature|expires)$/i;

function placeOf(url: string): string {
  const parsed = new URL(url);
  for (const name of [...parsed.searchParams.keys()]) if (OF_THE_SIGNATURE.test(name)) parsed.searchParams.delete(name);
  return parsed.href;
}

/** Secrets are stand-ins in the recording, and may be a story's own constants when it is told again: they count in neither. */
function bodyKey(body: KeptBody | null): string {
  if (body === null) return '';
  if ('sha256' in body) return `sha256 ${body.sha256}`;
  return 'text' in body ? `text ${hash(Buffer.from(blurSecrets(body.text)))}` : `sha256 ${hash(Buffer.from(body.base64, 'base64'))}`;
}

function asText(bytes: Buffer): KeptBody {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text } : { base64: bytes.toString('base64') };
}

async function bytesOf(body: Send['body']): Promise<Buffer | null> {
  if (body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function bytesOfKept(body: KeptBody | null): Buffer {
  if (body === null || 'sha256' in body) return Buffer.alloc(0);
  return 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
}

/** ` (GraphQL PackageAt)` for a body that names its operation. */
function labelOf(bytes: Buffer | null): string {
  const [, name] = /"operationName":"(\w+)"/.exec(bytes?.toString('utf8') ?? '') ?? [];
  return name === undefined ? '' : ` (GraphQL ${name})`;
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
