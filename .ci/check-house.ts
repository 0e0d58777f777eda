/** Checks what no compiler does: who may import whom, names of folders, sizes of files. Prints every breach; exits 1 when there is one. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = ['cli', 'suites', 'schemas', 'backends', 'fixtures', 'reports', 'bench', '.ci'] as const;

/** Room → what it may import of ours: a path prefix, or `type:` and a prefix for types only. The most particular room counts. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  schemas: ['schemas/'],
  reports: ['reports/'],
  'backends/oracle': ['backends/oracle/', 'type:backends/', 'type:fixtures/control.ts'],
  backends: ['backends/', 'schemas/', 'reports/redaction.ts'],
  fixtures: ['fixtures/', 'schemas/', 'type:backends/'],
  'fixtures/faults': ['fixtures/', 'schemas/', 'backends/'],
  // Nothing that a fault is to be caught by may know of it.
  suites: ['suites/', 'schemas/', 'backends/', 'reports/', 'fixtures/', '!fixtures/embedded/', '!fixtures/faults/'],
  'suites/faults': ['suites/', 'schemas/', 'backends/', 'reports/', 'fixtures/', '!fixtures/embedded/'],
  cli: [''],
  bench: [''],
  '.ci': [''],
};
/** Only these open a socket for a subject; the fixtures and the control client are no subjects. */
const sockets = /^(undici|node:(http|https|net|tls|http2|dgram))$/;
const maySocket = ['backends/wire/', 'fixtures/', 'bench/', '.ci/'];
const oracleMay = /^node:crypto$/;
const noName = /(^|[/-])(utils?|helpers?|common|misc)([/.-]|$)/;

const breaches: string[] = [];
const files = globSync(`{${rooms.join(',')}}/**/*.{ts,py,sh,graphql}`, {
  cwd: root,
  exclude: (path) =>
    path.includes('node_modules') || path.includes('reports/out') || /fixtures\/corpus\/(?:typescript|release)(?:$|\/)/.test(path),
}).sort();

for (const file of files) {
  if (noName.test(file)) breaches.push(`${file}: expected a name that says what is in it, got utils/helpers/common/misc`);
  if (!file.endsWith('.ts')) continue;
  const text = readFileSync(join(root, file), 'utf8');
  const room = Object.keys(mayImport)
    .filter((name) => file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (room === undefined) continue;
  const test = file.endsWith('.test.ts');
  for (const { specifier, typeOnly, line } of importsOf(text)) {
    if (specifier.startsWith('.')) {
      const to = relative(root, join(root, dirname(file), specifier));
      const rules = mayImport[room] ?? [];
      const refused = rules.some((rule) => rule.startsWith('!') && to.startsWith(rule.slice(1)));
      const allowed = rules.some((rule) =>
        rule.startsWith('type:') ? typeOnly && to.startsWith(rule.slice(5)) : !rule.startsWith('!') && to.startsWith(rule),
      );
      if (refused || !allowed) breaches.push(`${file}:${line}: ${room} may not import ${to}${typeOnly ? ' (type)' : ''}`);
    } else {
      if (sockets.test(specifier) && !typeOnly && !test && !maySocket.some((prefix) => file.startsWith(prefix))) {
        breaches.push(`${file}:${line}: only backends/wire opens a socket, got ${specifier}`);
      }
      if (room === 'backends/oracle' && !typeOnly && !test && !oracleMay.test(specifier)) {
        breaches.push(`${file}:${line}: the oracle imports types and node:crypto only, got ${specifier}`);
      }
    }
  }
}

/** Static and dynamic imports and re-exports of a module's text. */
function importsOf(text: string): { specifier: string; typeOnly: boolean; line: number }[] {
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined || /^\s*import\s*\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\s*\}\s*from/.test(match[0]),
    line: text.slice(0, match.index).split('\n').length + (match[0].startsWith('\n') ? 1 : 0),
  }));
}

for (const breach of breaches) console.error(breach);
console.log(`house: ${files.length} files, ${breaches.length} breaches`);
process.exit(breaches.length === 0 ? 0 : 1);
