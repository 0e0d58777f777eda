/** Which headers a proxy hands on (RFC 9110, 7.6.1): all, as they came, but for those about the connection they came on. */

/** `expect` is answered by whoever reads the body, and a body is read here. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/** Name, value, name, value, in their order and spelling. `besides` are further names, in lower case, that are left out. */
export function forwardedHeaders(raw: readonly string[], besides: readonly string[] = []): string[] {
  const named = namedByConnection(raw);
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (OF_THE_CONNECTION.has(name) || named?.has(name) || besides.includes(name)) continue;
    kept.push(raw[index] ?? '', raw[index + 1] ?? '');
  }
  return kept;
}

/** Headers that `Connection` says are of this connection alone; the frame of the body is never among them. */
function namedByConnection(raw: readonly string[]): ReadonlySet<string> | null {
  let named: Set<string> | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if ((raw[index] ?? '').toLowerCase() !== 'connection') continue;
    for (const token of (raw[index + 1] ?? '').toLowerCase().split(',')) {
      const name = token.trim();
      if (name === '' || name === 'close' || name === 'keep-alive' || name === 'content-length' || name === 'host') continue;
      named ??= new Set();
      named.add(name);
    }
  }
  return named;
}
