/** Exchanges as an HTTP Archive (HAR 1.2), which browsers and most proxies open. */
import type { RecordedExchange } from './record-exchange.ts';

/** The text before the first entry and after the last; entries are joined by a comma. */
export const HAR_HEAD = '{"log":{"version":"1.2","creator":{"name":"crosscheck","version":"0.1.0"},"entries":[\n';
export const HAR_TAIL = '\n]}}\n';

/** One entry; times are of the whole exchange, since parts of it are not measured. */
export function harEntry({ request, response, startedAt, durationMs, error, findings, operation, judged }: RecordedExchange): object {
  const said = [
    ...(error === null ? [] : [error]),
    ...findings.map(({ rule, message }) => `${rule}: ${message}`),
    ...(judged?.notJudged ?? []).map((reason) => `not judged: ${reason}`),
  ];
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: queryOf(request.url),
      headersSize: -1,
      bodySize: request.bytes,
      ...(request.body === null ? {} : { postData: { mimeType: request.headers['content-type'] ?? '', text: request.body } }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response?.headers ?? {}),
      content: {
        size: response?.bytes ?? 0,
        mimeType: response?.headers['content-type'] ?? '',
        ...(response?.body == null ? {} : { text: response.body }),
      },
      redirectURL: response?.headers['location'] ?? '',
      headersSize: -1,
      bodySize: response?.bytes ?? -1,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: [operation, ...said].join('\n'),
  };
}

const pairs = (headers: Readonly<Record<string, string>>) => Object.entries(headers).map(([name, value]) => ({ name, value }));

function queryOf(url: string): { readonly name: string; readonly value: string }[] {
  const at = url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at + 1))].map(([name, value]) => ({ name, value }));
}
