import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Contract } from '../contract.ts';
import { contractFromSdl } from '../load-contract.ts';
import { defaultPolicy, type Policy } from '../rules/policy.ts';
import { type CacheKey, scanCached } from './cache.ts';
import { openFoundCache } from './found-cache.ts';
import { type Remember, type SourceTree, scan } from './scan.ts';
import { stubFinders, treeOf } from './stub-language.ts';
import { parseWaivers } from './waivers.ts';

const dir = mkdtempSync(join(tmpdir(), 'crosscheck-cache-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface State {
  files: Record<string, string>;
  /** Read by finders, not scanned. */
  outside: Record<string, string>;
  schemas: Record<string, Contract>;
  waivers: string | null;
  policy: Policy;
  today: string;
}

/** mulberry32: the same choices in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const TEXTS = [
  '- { name: A.x, text: "query A { a }" }',
  '- { name: A.x, text: "query A { b }" }',
  '\n- { name: A.x, text: "query A { c(i: {n: 1}) ...F }" }\n- { typename: Query }',
  '- { name: A.x, use: lib.stub, text: " b }" }\n- { name: B.y, unresolved: call }',
  '- { name: A.x, text: "query A($i: In) { c(i: $i) }", variables: { i: { m: 1 } } }\n- { typename: Querry }',
  'fragment F on Query { a }',
  'fragment F on Query { b }',
  'query D { ...F',
];
const LIBS = ['- { text: "query L { a" }', '- { text: "query L { zz" }', '- { text: "{" }'];
const SCHEMAS = [
  'type Query { a: Int }',
  'type Query { a: Int b: Int c(i: In): Int } input In { n: Int }',
  'type Query { b: Int @deprecated }',
].map((text) => contractFromSdl(text, 's'));
const entry = (more: string) => `- { file: '*', name: A.x, because: old, owner: me, ${more} }`;
const WAIVERS = [
  null,
  entry('rule: FieldsOnCorrectTypeRule, expires: 2030-01-01'),
  entry('rule: FieldsOnCorrectTypeRule, expires: 2020-01-01'),
  `- { file: 'a.*', name: B.y, reason: call, because: old, owner: me, expires: 2026-06-01 }`,
];
const POLICIES: Policy[] = [defaultPolicy, { ...defaultPolicy, severities: { deprecated: 'error' } }, { ...defaultPolicy, maxDepth: 0 }];

const treeIn = ({ files, outside }: State): SourceTree => ({ ...treeOf({ ...outside, ...files }), paths: Object.keys(files).sort() });
const contractsIn = ({ schemas }: State) => Object.entries(schemas).map(([name, contract]) => ({ name, contract }));
/** Times that a finder was asked behind the cache. */
let finds = 0;
const cold = (state: State, tree = treeIn(state), remember?: Remember) => {
  const waivers = state.waivers === null ? null : parseWaivers('w.yaml', state.waivers);
  return scan(tree, contractsIn(state), stubFinders, { policy: state.policy, waivers, today: state.today, ...(remember && { remember }) });
};
function warm(state: State) {
  const key: CacheKey = {
    tool: 'test',
    schemas: contractsIn(state).map(({ name, contract }) => [name, contract.hash]),
    policy: state.policy,
    waivers: state.waivers === null ? null : { path: 'w.yaml', text: state.waivers, today: state.today },
  };
  return scanCached(dir, key, treeIn(state), async (tree) => {
    const found = openFoundCache(dir, 'test', ['.']);
    const remember: Remember = (file, seen, find) =>
      found.remember(file, seen, (below) => {
        finds++;
        return find(below);
      });
    const result = await cold(state, tree, remember);
    found.save();
    return result;
  });
}

const start = (): State => ({
  files: { 'a.stub': TEXTS[0] ?? '' },
  outside: { 'lib.stub': LIBS[0] ?? '' },
  schemas: { one: SCHEMAS[0] as Contract },
  waivers: null,
  policy: defaultPolicy,
  today: '2026-01-01',
});

describe('scanCached', () => {
  test('500 random edits: the cached result is the cold one', async () => {
    const random = randomFrom(1);
    const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
    const state = start();
    let hits = 0;
    for (let edit = 0; edit < 500; edit++) {
      const what = random(10);
      const file = pick(['a.stub', 'b.stub', 'f.graphql', 'g.graphql']);
      if (what < 4) state.files[file] = pick(TEXTS);
      else if (what < 5 && Object.keys(state.files).length > 1) delete state.files[file];
      else if (what < 6) state.outside = random(4) === 0 ? {} : { 'lib.stub': pick(LIBS) };
      else if (what < 7) state.schemas = random(2) === 0 ? { one: pick(SCHEMAS) } : { one: pick(SCHEMAS), two: pick(SCHEMAS) };
      else if (what < 8) state.waivers = pick(WAIVERS);
      else if (what < 9) state.policy = pick(POLICIES);
      else state.today = pick(['2026-01-01', '2026-06-01', '2026-06-02', '2031-01-01']);
      const { result, cached } = await warm(state);
      expect({ edit, result: JSON.parse(JSON.stringify(result)) }).toEqual({ edit, result: JSON.parse(JSON.stringify(await cold(state))) });
      const again = await warm(state);
      expect({ edit, cached: again.cached, result: again.result }).toEqual({
        edit,
        cached: true,
        result: JSON.parse(JSON.stringify(result)),
      });
      if (cached) hits++;
    }
    // Edits that come to a state that was there before are answered from the cache, or it would prove nothing.
    expect(hits).toBeGreaterThan(50);
  });

  test('a file that a finder reads and that is not scanned counts, also when it comes into being', async () => {
    const state = { ...start(), files: { 'a.stub': TEXTS[3] ?? '' }, outside: {} as Record<string, string> };
    await warm(state);
    expect((await warm(state)).cached).toBe(true);
    expect((await warm({ ...state, outside: { 'lib.stub': LIBS[1] ?? '' } })).cached).toBe(false);
    expect((await warm({ ...state, outside: { 'lib.stub': LIBS[0] ?? '' } })).cached).toBe(false);
  });

  test('of the files of a tree, only those are read anew that changed, or whose finder read what changed', async () => {
    const files = { 'a.stub': TEXTS[3] ?? '', 'b.stub': TEXTS[0] ?? '', 'f.graphql': TEXTS[5] ?? '' };
    const state = { ...start(), today: '2000-01-02', files, outside: { 'lib.stub': LIBS[0] ?? '' } };
    const asked = async (more: Partial<State>) => {
      finds = 0;
      const { result, cached } = await warm({ ...state, ...more });
      expect({ cached, result: JSON.parse(JSON.stringify(result)) }).toEqual({
        cached: false,
        result: JSON.parse(JSON.stringify(await cold({ ...state, ...more }))),
      });
      return finds;
    };
    await asked({ policy: { ...defaultPolicy, maxDepth: 9 } });
    expect(await asked({ policy: { ...defaultPolicy, maxDepth: 8 } })).toBe(0);
    expect(await asked({ files: { ...files, 'b.stub': '# new' } })).toBe(1);
    expect(await asked({ files: { ...files, 'b.stub': '# new' }, outside: { 'lib.stub': '# new' } })).toBe(1);
  });

  test('half an entry, or one with other content, is none', async () => {
    const state = { ...start(), today: '2000-01-01', files: { 'corrupt.stub': TEXTS[1] ?? '' } };
    const before = new Set(readdirSync(dir));
    const { result } = await warm(state);
    const name = readdirSync(dir).find((one) => !before.has(one) && readFileSync(join(dir, one), 'utf8').includes('"violations":[')) ?? '';
    const whole = readFileSync(join(dir, name), 'utf8');
    for (const text of ['', whole.slice(0, whole.length / 2), whole.replace('"violations":[', '"violations":[ '), '{}', whole.slice(65)]) {
      writeFileSync(join(dir, name), text);
      const again = await warm(state);
      expect(again).toEqual({ cached: false, result });
      expect((await warm(state)).cached).toBe(true);
    }
    expect(readdirSync(dir).filter((one) => one.endsWith('.half'))).toEqual([]);
  });

  test('a folder that cannot be written is no cache', async () => {
    const file = join(dir, 'a-file');
    writeFileSync(file, '');
    const state = start();
    const tree = treeIn(state);
    const key: CacheKey = { tool: 't', schemas: [], policy: defaultPolicy, waivers: null };
    expect((await scanCached(join(file, 'below'), key, tree, (one) => cold(state, one))).cached).toBe(false);
  });
});
