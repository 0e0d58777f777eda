/** How deeply a program nests, told before it is parsed: the parser recurses in native code, and a stack that it overflows ends the whole process. */

/** Deepest nesting that is parsed. The parser was seen to crash at 4,000 nested functions on a stack of 8 MB; a worker's stack is half of that or less. */
const DEEPEST = 1000;

const comment = /\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)/;
const string = /"(?:[^"\\\n\r]|\\[\s\S])*"?|'(?:[^'\\\n\r]|\\[\s\S])*'?|\\[\s\S]/;
/** Words and signs after which something nests to the right, as deep as there are of them. */
const nestingWord = /\b(?:if|for|while|do|with|else|new|typeof|void|await|keyof|delete|extends)\b/;
const nestingSign = /=>|[?:=<]|(?:[-+]\s*){3,}|[!~]+|\*\*/;
const statementWord = /\b(?:const|let|var|return|import|export|function|class|interface|type|case)\b/;
/** The end of a line that ends a statement or a member, where no sign does. */
const lineEnd =
  /(?<=[\w$'"\]}>`])(?<!\b(?:if|for|while|do|with|else|new|typeof|void|await|keyof|delete|extends))\s*[\n\r]\s*(?=[\w$'"@#])(?!else|extends|in\b|as\b)/;
const token = new RegExp(
  [comment, string, /\$\{|[([{)\]};,]/, lineEnd, nestingWord, nestingSign, statementWord].map(({ source }) => source).join('|'),
  'g',
);
const opening = new Set(['(', '[', '{', '${']);
const closing = new Set([')', ']', '}']);
const nesting = new RegExp(`^(?:${nestingWord.source}|${nestingSign.source})`);
const ending = new RegExp(`^(?:[;,]|\\s+|${statementWord.source})$`);

/**
 * Where a text nests too deeply to be parsed safely, or null. Counts brackets, and within each the operators that nest to the right since the
 * statement or member began; a text in a template counts like code, which errs to the safe side.
 */
export function tooDeepAt(text: string): number | null {
  const open: number[] = [];
  let chain = 0;
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(token)) {
    if (opening.has(found)) {
      open.push(chain);
      chain = 0;
      depth++;
    } else if (closing.has(found)) {
      const outer = open.pop();
      if (outer !== undefined) {
        depth -= 1 + chain;
        chain = outer;
      }
    } else if (ending.test(found)) {
      depth -= chain;
      chain = 0;
    } else if (nesting.test(found)) {
      chain += found.length;
      depth += found.length;
    }
    if (depth > DEEPEST) return index;
  }
  return null;
}
