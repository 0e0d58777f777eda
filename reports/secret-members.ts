/** String members with a secret name, in JSON, in JSON within JSON, and in GraphQL literals; the text may be cut off. */

/** A name and the beginning of its string, at up to six levels of JSON within JSON (63 backslashes). */
const HEAD = /(?:(\\{0,63})"([\w$-]{1,64})\1"|\b([A-Za-z_]\w{0,63}))\s{0,16}:\s{0,16}(\\{0,63})"/g;

/** Replaces the string after each name that `isSecret` takes (`"password": "…"`, `\"password\": \"…\"`, `secret: "…"`), and nothing else. */
export function replaceSecretMembers(text: string, isSecret: (name: string) => boolean, replacement: string): string {
  let out = '';
  let copied = 0;
  HEAD.lastIndex = 0;
  for (let head = HEAD.exec(text); head; head = HEAD.exec(text)) {
    if (!isSecret(head[2] ?? head[3] ?? '')) continue;
    const start = HEAD.lastIndex;
    const end = endOfString(text, start, head[4]?.length ?? 0);
    out += text.slice(copied, start) + replacement;
    copied = end;
    HEAD.lastIndex = end;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/**
 * Where the string that begins at `start` ends; the text's end when it is cut off. Its quotes have `depth` backslashes before them, so a backslash of the value
 * is written as 2 × (depth + 1) of them, and a quote is the closing one when what is left of the run before it is `depth`.
 */
function endOfString(text: string, start: number, depth: number): number {
  for (let quote = text.indexOf('"', start); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let run = 0;
    while (quote - run - 1 >= start && text[quote - run - 1] === '\\') run++;
    if (run % (2 * (depth + 1)) === depth) return quote - depth;
  }
  return text.length;
}
