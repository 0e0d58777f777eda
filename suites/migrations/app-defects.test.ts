import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresFolder, type ScratchPostgres, startScratchPostgres } from '../../fixtures/scratch-postgres.ts';
import { root } from '../case/suite-files.ts';
import { askDatabase, wrongOf } from './test-database.ts';

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres(postgresFolder(randomUUID()));
});
afterAll(() => server[Symbol.asyncDispose]());

const appWith = (defect: string, table = 'group_members') => ({
  migrations: { kind: 'sql', folder: 'embedded/app/migrations' },
  start: {
    command: `'${process.execPath}' corpus/migrations/app.ts`,
    environment: { DEFECT: defect },
    routes: ['/users', '/health'],
    requires: { 'the configured connection': `SELECT count(*) = 1 FROM connection_configs WHERE name = 'lab'` },
  },
  recreate: { path: '/admin/recreate/{table}', table, unlisted: 'users', administrator: 'Bearer administrator', user: 'Bearer somebody' },
});
const CHECKS = ['start-cold', 'bear-a-failed-start', 'recreate-a-table'];

/** Defect of the app → the check that must fail, and what it must say. */
const DEFECTS: Readonly<Record<string, readonly [check: string, ...says: string[]]>> = {
  'never-migrates': ['start-cold', 'start on an empty database', 'its end with 1', 'relation "connection_configs" does not exist'],
  'never-syncs': ['start-cold', 'the configured connection after a start on an empty database', 'expected true, got false'],
  'poisoned-session': ['bear-a-failed-start', 'GET /users after statement', 'expected below 500, got 500'],
  'recreate-lets-anybody-in': ['recreate-a-table', 'without a token: expected 401, got 200'],
  'recreate-lets-users-in': ['recreate-a-table', 'somebody else: expected 403, got 200'],
  'recreate-takes-any-name': ['recreate-a-table', 'which it must refuse: expected 400 or 403 or 404 or 422, got 200'],
  'recreate-loses-rows': ['recreate-a-table', 'public.group_members: 3 rows, then 0'],
  'recreate-drops-keys': [
    'recreate-a-table',
    'constraint public.group_members.group_members_group_id_fkey: expected to be there, got none',
  ],
  'recreate-works-once': ['recreate-a-table', 'a second time: expected 2xx, got 500'],
};

test('an app that starts and recreates as it should passes', async () => {
  const results = await askDatabase(appWith(''), { serverUrl: server.url, folder: join(root, 'fixtures'), only: CHECKS });
  expect(wrongOf(results)).toEqual({});
  expect([...results.keys()].sort()).toEqual([...CHECKS].sort());
});

test.for(Object.entries(DEFECTS))('%s', async ([defect, [check, ...says]]) => {
  const key = appWith(defect, defect === 'recreate-drops-keys' ? 'groups' : 'group_members');
  const wrong = wrongOf(await askDatabase(key, { serverUrl: server.url, folder: join(root, 'fixtures'), only: [check] }));
  expect(wrong[check]).toMatch(/^failed/);
  for (const text of says) expect(wrong[check]).toContain(text);
});

test('an app without migrations: a column that create_all does not add to an old table is seen, one that it adds is not', async () => {
  const old = 'CREATE TABLE users (id int PRIMARY KEY, name text);';
  const psql = (sql: string) =>
    `'${process.execPath}' --input-type=module -e "import pg from 'pg'; const c = new pg.Client({ connectionString: process.env.DATABASE_URL }); await c.connect(); await c.query(process.env.SQL); await c.end();"${sql}`;
  const key = (create: string) => ({
    migrations: { kind: 'none', create: psql(''), folder: '.', environment: { SQL: create } },
    previous: { command: psql(''), folder: '.', environment: { SQL: old } },
  });
  const create =
    'CREATE TABLE IF NOT EXISTS users (id int PRIMARY KEY, name text, email text); CREATE TABLE IF NOT EXISTS groups (id int);';
  const asked = { serverUrl: server.url, folder: join(root, 'fixtures') };
  const wrong = wrongOf(await askDatabase(key(create), asked));
  expect(Object.keys(wrong)).toEqual(['create-all-on-previous']);
  expect(wrong['create-all-on-previous']).toContain('column public.users.email after it: expected text, got no such column');
  expect(wrongOf(await askDatabase(key(`${create} ALTER TABLE users ADD COLUMN IF NOT EXISTS email text;`), asked))).toEqual({});
  const drops = 'CREATE TABLE IF NOT EXISTS users (id int PRIMARY KEY); ALTER TABLE users DROP COLUMN IF EXISTS name;';
  const gone = wrongOf(await askDatabase(key(drops), asked));
  expect(gone['create-all-on-previous']).toMatch(/^failed: .*rows of the previous release after it: expected as before/s);
  expect(gone['create-all-on-previous']).toContain('public.users: 3 rows, then no such table or column');
});

test('an app whose start runs a file of SQL: a file that is not there is no verdict, a statement that the database refuses is a failure', async () => {
  const key = (sql: string) => ({
    migrations: { kind: 'none', create: { sql } },
    previous: { sql: 'embedded/app/without-tool/previous.sql' },
  });
  const asked = { serverUrl: server.url, folder: join(root, 'fixtures') };
  const healthy = await askDatabase(key('embedded/app/without-tool/create-all.sql'), asked);
  expect(wrongOf(healthy)).toEqual({});
  expect([...healthy.keys()].sort()).toEqual(['bring-empty-to-head', 'create-all-on-previous', 'fail-at-each-statement']);
  const gone = wrongOf(await askDatabase(key('embedded/app/gone.sql'), { ...asked, only: ['create-all-on-previous'] }));
  expect(gone['create-all-on-previous']).toMatch(/^broken: .*gone\.sql: expected a file of SQL, got ENOENT/);
  // What makes its tables without IF NOT EXISTS comes up on an empty database alone.
  const once = wrongOf(await askDatabase(key('embedded/app/without-tool/previous.sql'), { ...asked, only: ['create-all-on-previous'] }));
  expect(once['create-all-on-previous']).toMatch(
    /^failed: .*on a database of the previous one: expected to succeed, got .*"notes" already exists/,
  );
});
