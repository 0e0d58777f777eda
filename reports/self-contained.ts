/** Makes Allure's single-file page smaller and silent: its data packed, nothing loaded from elsewhere, and a policy that says so. Pure. */
import { gzipSync } from 'node:zlib';

/**
 * What the page may load: what is written in it. Allure's own scripts, styles and data are `data:` URLs. The browser enforces it, so that
 * neither a later Allure nor an image in a text of a subject can call anybody.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
  "style-src 'unsafe-inline' data: blob:",
  ...['img', 'font', 'media', 'connect', 'frame', 'worker'].map((kind) => `${kind}-src data: blob:`),
  "form-action 'none'",
].join('; ');

/** The page without its tracker and with the policy. Allure puts Google Tag Manager into every page; no switch of its own removes it. */
export function withoutExternalLoads(page: string): string {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  return page
    .replaceAll(/<script\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?\/\/[^>]*>\s*<\/script>\s*/gi, '')
    .replaceAll(/<script>(?:(?!<\/script>)[\s\S])*?\bgtag\((?:(?!<\/script>)[\s\S])*?<\/script>\s*/g, '')
    .replace(/<head>\s*/i, (head) => `${head}${policy}\n    `);
}

/** Every place in the page that would load from elsewhere when it opens; empty when there is none. A link that waits for a click is none. */
export function externalLoads(page: string): readonly string[] {
  const inTags =
    /<(?:script|link|img|iframe|frame|object|embed|source|audio|video|base|use|image)\b[^>]*?\b(?:src|href|data|srcset)\s*=\s*["']?\s*((?:https?:)?\/\/[^"'\s>]+)/gi;
  const inStyles = /(?:@import\s+(?:url\()?|url\()\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi;
  const inScripts = /\b(?:fetch|import|importScripts|WebSocket|EventSource|sendBeacon)\(\s*["'`]((?:https?:|wss?:)?\/\/[^"'`]+)/g;
  const texts = [page, ...decodedScripts(page)];
  return texts.flatMap((text) =>
    [inTags, inStyles, inScripts].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')),
  );
}

function decodedScripts(page: string): readonly string[] {
  const embedded = page.matchAll(/\b(?:src|href)="data:text\/(?:javascript|css)[^,"]*;base64,([A-Za-z0-9+/=]+)"/g);
  return [...embedded].map((match) => Buffer.from(match[1] ?? '', 'base64').toString('utf8'));
}

const DATA_SCRIPT =
  /<script defer>\s*Promise\.allSettled\(\[(d\("(?:[\s\S])*?"\))\]\)\s*\.then\(function\(\)\{\s*window\.allureReportDataReady = true;\s*\}\)\s*<\/script>/;

/**
 * The page with its data as one packed block, unpacked when it opens: 10,000 results are 80 MB otherwise. Null when the data are not where
 * this Allure puts them. Allure waits for `allureReportDataReady` by itself.
 */
export function withPackedData(page: string): string | null {
  const match = DATA_SCRIPT.exec(page);
  if (match === null) return null;
  const entries = [...(match[1] ?? '').matchAll(/d\(("(?:[^"\\]|\\.)*"),("(?:[^"\\]|\\.)*")\)/g)];
  const json = `{${entries.map(([, name, value]) => `${name}:${value}`).join(',')}}`;
  const packed = gzipSync(json, { level: 6 }).toString('base64');
  const block = `<script type="text/plain" id="packed-data">${packed}</script>\n    <script>(${unpack})()</script>`;
  return page.slice(0, match.index) + block + page.slice(match.index + match[0].length);
}

/** Runs in the browser, as text. Decoding by `fetch` of a `data:` URL is native: 14 MB by `atob` and a loop took a second more. */
const unpack = `async () => {
      const url = 'data:application/gzip;base64,' + document.getElementById('packed-data').textContent;
      const packed = await fetch(url);
      window.allureReportData = await new Response(packed.body.pipeThrough(new DecompressionStream('gzip'))).json();
      window.allureReportDataReady = true;
    }`;
