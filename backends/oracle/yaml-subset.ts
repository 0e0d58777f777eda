/** YAML as far as configurations of this project's scenarios use it: JSON, and block mappings, block lists and plain scalars. */
import type { Json } from '../shapes.ts';

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** The value, or undefined when the text is nothing that this reads. */
export function readYaml(text: string): Json | undefined {
  const flow = parsed(text);
  if (flow !== undefined) return flow;
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#.*)?$/.test(line))
    .map((line): Line => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  if (lines.length === 0) return undefined;
  const reader = { lines, at: 0 };
  const value = block(reader, lines[0]?.indent ?? 0);
  return reader.at === lines.length ? value : undefined;
}

interface Reader {
  readonly lines: Line[];
  at: number;
}

function block(reader: Reader, indent: number): Json | undefined {
  const first = reader.lines[reader.at];
  return first !== undefined && isItem(first.text) ? list(reader, indent) : mapping(reader, indent);
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

function list(reader: Reader, indent: number): Json | undefined {
  const items: Json[] = [];
  for (let line = reader.lines[reader.at]; line?.indent === indent && isItem(line.text); line = reader.lines[reader.at]) {
    const rest = line.text.slice(1).trimStart();
    const inner = indent + line.text.length - rest.length;
    let item: Json | undefined;
    if (rest !== '' && !isPair(rest)) {
      reader.at++;
      item = scalar(rest);
    } else if (rest === '') {
      reader.at++;
      const next = reader.lines[reader.at];
      item = next !== undefined && next.indent > indent ? block(reader, next.indent) : null;
    } else {
      // The first pair of a mapping stands on the dash's own line.
      reader.lines[reader.at] = { indent: inner, text: rest };
      item = block(reader, inner);
    }
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function mapping(reader: Reader, indent: number): Json | undefined {
  const members: [string, Json][] = [];
  for (let line = reader.lines[reader.at]; line?.indent === indent; line = reader.lines[reader.at]) {
    const match = isPair(line.text) ? /^("[^"]*"|[^:]+):(?:\s+(.*))?$/.exec(line.text) : null;
    if (match === null) return members.length === 0 && reader.lines.length === 1 ? plain(reader, line.text) : undefined;
    const [, key = '', rest = ''] = match;
    reader.at++;
    const next = reader.lines[reader.at];
    const nested = rest === '' && next !== undefined && (next.indent > indent || (next.indent === indent && isItem(next.text)));
    const value = nested ? block(reader, next.indent) : rest === '' ? null : scalar(rest);
    if (value === undefined) return undefined;
    members.push([String(scalar(key)), value]);
  }
  return Object.fromEntries(members);
}

function plain(reader: Reader, text: string): Json | undefined {
  reader.at++;
  return scalar(text);
}

function isPair(text: string): boolean {
  return /^("[^"]*"|[^\s"'[{:][^:]*):(\s|$)/.test(text);
}

function scalar(text: string): Json | undefined {
  const value = text.replace(/\s+#.*$/, '');
  if (/^'.*'$/s.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (/^["[{]/.test(value)) return parsed(value) ?? flowList(value);
  if (/^(~|null)$/.test(value)) return null;
  if (/^(true|false)$/.test(value)) return value === 'true';
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return Number(value);
  return /^[>|@`%&*!]/.test(value) || value.includes(': ') ? undefined : value;
}

/** `[a, b]` with plain scalars. */
function flowList(text: string): Json | undefined {
  if (text === '{}') return {};
  const inner = /^\[([^[\]{}]*)\]$/.exec(text)?.[1];
  if (inner === undefined) return undefined;
  const items = inner.trim() === '' ? [] : inner.split(',').map((item) => scalar(item.trim()));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
