/** Values that lead a browser away from an app that is not careful, and whether they did. */
import type { Visit } from '../../backends/wire/browser.ts';

const EVIL = 'evil.example';

/** Each way to write another place that a check of the text alone lets pass. */
export function foreignPlaces(appUrl: string): readonly string[] {
  const { host } = new URL(appUrl);
  return [
    `https://${EVIL}/`,
    `http://${EVIL}`,
    `//${EVIL}/`,
    `///${EVIL}`,
    `/\\${EVIL}`,
    `\\\\${EVIL}`,
    `/\t/${EVIL}`,
    `/\n/${EVIL}`,
    ` //${EVIL}`,
    `/%2F${EVIL}`,
    `/.//${EVIL}`,
    `/..//${EVIL}`,
    `https:${EVIL}`,
    `https:/${EVIL}`,
    `https://${host}@${EVIL}/`,
    `https://${host}.${EVIL}/`,
    `https://${EVIL}/${host}`,
    `https://${EVIL}?${host}`,
    `//${host}@${EVIL}`,
    `/\u3002/${EVIL}`,
    `https://evil\u3002example/`,
    `/\u2215${EVIL}`,
    `javascript:alert(1)//${host}`,
    'data:text/html,crosscheck',
  ];
}

/** Where the browser was led away to, or null when it stayed with the app and its provider. */
export function leadsAway(appUrl: string, { last, stoppedAt }: Visit): string | null {
  if (stoppedAt === null) return null;
  const to = URL.parse(stoppedAt, last.url);
  return to !== null && to.origin === new URL(appUrl).origin ? null : stoppedAt;
}
