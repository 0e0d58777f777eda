/** Inputs that are wrong, half written or hostile: one clear reason within the deadline, no secret, and nothing left behind. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSql } from '../../backends/wire/postgres.ts';
import { postgresFolder, type ScratchPostgres, startScratchPostgres } from '../../fixtures/scratch-postgres.ts';
import { askDatabase, wrongOf } from './test-database.ts';

/** For what never ends. A second and a half was too little for what does end, beside four other workloads. */
const DEADLINE_S = 4;
let server: ScratchPostgres;
let hanging: Server;
const folder = mkdtempSync(join(tmpdir(), 'crosscheck-bad-'));
beforeAll(async () => {
  server = await startScratchPostgres(postgresFolder(randomUUID()));
  hanging = createServer(() => undefined).listen(0, '127.0.0.1');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  hanging.close();
  rmSync(folder, { recursive: true });
});

const migrated = (sql: string) => {
  rmSync(join(folder, 'm'), { recursive: true, force: true });
  mkdtempSync(join(folder, 'x'));
  const into = mkdtempSync(join(folder, 'm-'));
  writeFileSync(join(into, '001_first.up.sql'), sql);
  return { migrations: { kind: 'sql', folder: into }, deadlineSeconds: DEADLINE_S };
};
const ask = (key: object, only: readonly string[], secrets = {}, serverUrl = server.url) =>
  askDatabase(key, { serverUrl, folder, only, secrets });
const HEAD = ['bring-empty-to-head'];

/** Nobody of ours is in the server after a case, whatever it did. */
afterEach(async () => {
  await using sql = await openSql(server.url, { allows: 'reads', deadlineMs: 5_000 });
  const rows = await sql.query(`SELECT query FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`);
  expect(rows).toEqual([]);
});

test.for([
  ['a migration that never ends', 'SELECT pg_sleep(3600);', '001_first.up.sql:1: no end within the deadline'],
  ['a file cut in half', 'CREATE TABLE a (id int);\nCREATE TABLE b (', '001_first.up.sql:2: expected SQL, got syntax error'],
  [
    'a migration that drops its database',
    `CREATE TABLE a (id int);\nDO $$ BEGIN EXECUTE 'DROP DATABASE ' || current_database(); END $$;`,
    'DROP DATABASE cannot run inside a transaction block',
  ],
  ['a migration that ends its own session', 'SELECT pg_terminate_backend(pg_backend_pid());', 'terminating connection'],
  ['a migration that would be somebody else', 'SET ROLE crosscheck;', 'permission denied'],
  ['a file that is no SQL', '\u0001\u0002 <html>', 'expected SQL, got'],
])('%s', async ([, sql = '', says = '']) => {
  const wrong = wrongOf(await ask(migrated(sql), HEAD));
  expect(wrong['bring-empty-to-head']).toMatch(/^failed: app: migration 001 of an empty database: expected to succeed/);
  expect(wrong['bring-empty-to-head']).toContain(says);
});

test('a command that does not end, with a child of its own', async () => {
  const key = {
    ...migrated('SELECT 1;'),
    migrations: {
      kind: 'command',
      up: `'${process.execPath}' -e "setTimeout(() => {}, 60_000)" & sleep 60`,
      folder: '.',
    },
  };
  const started = Date.now();
  expect(wrongOf(await ask(key, HEAD))['bring-empty-to-head']).toContain(`expected to end within ${DEADLINE_S} s, got no end`);
  expect(Date.now() - started).toBeLessThan(30_000);
});

test('a command that drops its database', async () => {
  const drop = `import pg from 'pg'; const url = new URL(process.env.DATABASE_URL); const name = url.pathname.slice(1); url.pathname = '/postgres';
    const c = new pg.Client({ connectionString: url.href }); await c.connect(); await c.query('DROP DATABASE ' + name); await c.end();`;
  const key = {
    migrations: {
      kind: 'command',
      up: `'${process.execPath}' --input-type=module -e "$DROP"`,
      folder: import.meta.dirname,
      environment: { DROP: drop },
    },
  };
  expect(wrongOf(await ask(key, HEAD))['bring-empty-to-head']).toMatch(/^failed.*the database is there after it, got FATAL 3D000/);
});

test('a lock that is held', async () => {
  const hold = `import pg from 'pg'; const c = new pg.Client({ connectionString: process.env.DATABASE_URL }); await c.connect();
    await c.query('CREATE TABLE a (id int)'); await c.query('BEGIN; LOCK TABLE a'); const d = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await d.connect(); await d.query('ALTER TABLE a ADD COLUMN b int');`;
  const key = {
    migrations: {
      kind: 'command',
      up: `'${process.execPath}' --input-type=module -e "$HOLD"`,
      folder: import.meta.dirname,
      environment: { HOLD: hold },
    },
    deadlineSeconds: DEADLINE_S,
  };
  expect(wrongOf(await ask(key, HEAD))['bring-empty-to-head']).toMatch(
    new RegExp(`^failed.*(?:expected to end within ${DEADLINE_S} s|lock timeout)`),
  );
});

test('no such folder, no such command, and a database that cannot be had: nothing can be said', async () => {
  const none = wrongOf(await ask({ migrations: { kind: 'sql', folder: 'nowhere' } }, HEAD));
  expect(none['bring-empty-to-head']).toMatch(/^broken.*nowhere: expected a folder, got ENOENT/);
  const command = wrongOf(await ask({ migrations: { kind: 'command', up: 'no-such-tool up', folder: '.' } }, HEAD));
  expect(command['bring-empty-to-head']).toMatch(/^broken.*expected a command that there is, got exit 127/);
  const hung = `postgresql://u:s3cretpassword@127.0.0.1:${(hanging.address() as AddressInfo).port}/x`;
  const hangs = wrongOf(await ask(migrated('SELECT 1;'), HEAD, {}, hung));
  expect(hangs['bring-empty-to-head']).toMatch(new RegExp(`^broken.*expected a connection, got no answer within ${DEADLINE_S * 1_000} ms`));
  expect(JSON.stringify(hangs)).not.toContain('s3cretpassword');
});

const DEPLOYED = ['stand-at-head', 'deployed-rows-fit-head', 'deployed-schema-is-head'];
const deployed = {
  migrations: { kind: 'sql', folder: join(import.meta.dirname, '../../fixtures/embedded/app/migrations') },
  deployed: { url: { env: 'X' } },
  deadlineSeconds: 3,
};

test('a deployed database that hangs, is not there, or has another password is broken, without the password', async () => {
  const port = (hanging.address() as AddressInfo).port;
  const cases: readonly (readonly [string, string])[] = [
    [`postgresql://u:s3cretpassword@127.0.0.1:${port}/x`, 'expected a connection, got no answer within 3000 ms'],
    ['postgresql://u:s3cretpassword@127.0.0.1:1/x', 'ECONNREFUSED'],
    [server.url.replace(/:[^:@]*@/, ':s3cretpassword@'), '28P01'],
    ['http://u:s3cretpassword@127.0.0.1/x', 'expected postgresql://'],
  ];
  for (const [url, says] of cases) {
    const wrong = wrongOf(await ask(deployed, ['stand-at-head'], { 'databases.app.deployed.url': url }));
    expect(wrong['stand-at-head']).toMatch(/^broken/);
    expect(wrong['stand-at-head']).toContain(says);
    expect(JSON.stringify(wrong)).not.toContain('s3cretpassword');
  }
});

test('a deployed database: at head it passes; behind, changed by hand and with orphans it fails, and nothing in it changes', async () => {
  await using admin = await openSql(server.url, { allows: 'any', deadlineMs: 5_000 });
  await admin.query('CREATE DATABASE deployed');
  const url = new URL(server.url);
  url.pathname = '/deployed';
  const key = { ...deployed, migrations: { ...deployed.migrations } };
  const { openSqlFolder } = await import('./sql-folder.ts');
  const source = openSqlFolder({
    folder: deployed.migrations.folder,
    transaction: 'file',
    order: 'number',
    table: 'schema_migrations',
    column: 'version',
    openSql: (place) => openSql(place, { allows: 'any', deadlineMs: 5_000 }),
  });
  const secrets = { 'databases.app.deployed.url': url.href };
  await source.migrate(url.href);
  expect(wrongOf(await ask(key, DEPLOYED, secrets))).toEqual({});
  await source.revert(url.href, '002');
  {
    await using sql = await openSql(url.href, { allows: 'any', deadlineMs: 5_000 });
    await sql.query(`INSERT INTO tokens VALUES (7, 'canary-access-token', NULL, now()); ALTER TABLE users ADD COLUMN by_hand text`);
  }
  const results = await ask(key, DEPLOYED, secrets);
  const wrong = wrongOf(results);
  expect(wrong['stand-at-head']).toContain('expected 003, got 002');
  expect(wrong['deployed-rows-fit-head']).toMatch(/break tokens_connection_id_fkey .*: expected 0, got 1/);
  expect(wrong['deployed-schema-is-head']).toContain('column public.users.by_hand: expected none, since no migration makes it, got one');
  const sent = [...results.values()].flatMap(({ exchanges }) => exchanges as { request: { url: string; body: string | null } }[]);
  const there = sent.filter(({ request }) => request.url.endsWith('/deployed') && request.body !== null);
  expect(there.length).toBeGreaterThan(5);
  for (const { request } of there)
    expect(request.body).toMatch(/^\s*(?:SELECT|WITH|SET statement_timeout = 3000; SET default_transaction_read_only = on)/);
  expect(JSON.stringify([...results.values()])).not.toContain('canary-access-token');
  await admin.query('DROP DATABASE deployed WITH (FORCE)');
});
