/**
 * The one rule by which a request is sent again (P-26): the server said that it did not perform it since too much was asked of it. Nothing
 * else is repeated: after a timeout or a reset nobody knows whether a mutation was performed.
 */

/** Most times that one request is sent again. */
export const MOST_RETRIES = 2;

/** The same for AWS's control planes, which nothing but reads is sent: with one call in five throttled, 2 retries were seen to lose 8 calls of 1,000. */
export const MOST_AWS_RETRIES = 8;

/** Longest wait for one retry, milliseconds, whatever Retry-After says. */
export const LONGEST_WAIT_MS = 2000;

/** Wait where the server names none, milliseconds; doubled by each retry. */
const DEFAULT_WAIT_MS = 100;

/** Codes by which AWS services say throttling, in an XML or a JSON error; the list of the AWS SDKs. */
const THROTTLING_CODES = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottledException',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text of the body, or its beginning. */
  readonly body: string;
}

/** True when the answer says that the request was turned away unperformed: 429, or an AWS throttling code in a 4xx or 5xx. */
export function isThrottled(answer: Answer): boolean {
  if (answer.status === 429) return true;
  if (answer.status < 400) return false;
  const code =
    /<Code>([^<]+)<\/Code>/.exec(answer.body)?.[1] ?? /"(?:__type|code|Code)"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(answer.body)?.[1];
  return code !== undefined && THROTTLING_CODES.has(code);
}

/**
 * Milliseconds to wait before the request is sent again, or null when it must not be. `sent` counts the times it was sent; `now` is epoch
 * milliseconds, against which an HTTP date in Retry-After (RFC 9110, 10.2.3) is read.
 */
export function retryWait(answer: Answer, sent: number, now: number, most = MOST_RETRIES): number | null {
  if (sent > most || !isThrottled(answer)) return null;
  const named = retryAfter(answer.headers['retry-after'], now);
  return Math.min(named ?? DEFAULT_WAIT_MS * 2 ** (sent - 1), LONGEST_WAIT_MS);
}

function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
