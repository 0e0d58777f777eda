import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSql } from '../../backends/wire/postgres.ts';
import { openStatementProxy, type StatementProxy } from '../../backends/wire/statement-proxy.ts';
import { postgresFolder, type ScratchPostgres, startScratchPostgres } from '../../fixtures/scratch-postgres.ts';

let server: ScratchPostgres;
let proxy: StatementProxy;
beforeAll(async () => {
  server = await startScratchPostgres(postgresFolder(randomUUID()));
  proxy = await openStatementProxy(server.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});
const through = () => openSql(proxy.urlOf(server.url), { allows: 'any', deadlineMs: 5_000 });

test('what changes the database is counted, in one text, in several, and prepared; what reads or begins is not', async () => {
  proxy.begin();
  await using sql = await through();
  await sql.query('BEGIN');
  await sql.query(
    `CREATE TABLE a (n int); INSERT INTO a VALUES (1); SELECT * FROM a; -- nothing\nINSERT INTO a SELECT length(';') WHERE false`,
  );
  await sql.query('INSERT INTO a VALUES ($1)', [2]);
  await sql.query('SELECT * FROM a WHERE n = $1', [2]);
  await sql.query('COMMIT');
  expect(proxy.seen).toEqual([
    'CREATE TABLE a (n int)',
    'INSERT INTO a VALUES (1)',
    `INSERT INTO a SELECT length(';') WHERE false`,
    'INSERT INTO a VALUES ($1)',
    'COMMIT',
  ]);
  expect(await sql.query('SELECT n FROM a ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
});

test('the statement of that number fails, with those before it in the same text, and no other', async () => {
  await using sql = await through();
  proxy.begin(2);
  await expect(sql.query('CREATE TABLE b (n int); INSERT INTO b VALUES (1)')).rejects.toThrow('XXC01');
  expect(await sql.query(`SELECT to_regclass('b') AS b`)).toEqual([{ b: null }]);
  await sql.query('CREATE TABLE b (n int)');
  proxy.begin(1);
  await expect(sql.query('INSERT INTO b VALUES ($1)', [1])).rejects.toThrow('crosscheck_this_statement_was_made_to_fail');
  await sql.query('INSERT INTO b VALUES ($1)', [1]);
  proxy.begin(1, { reads: true });
  await expect(sql.query('SELECT n FROM b')).rejects.toThrow('XXC01');
  expect(await sql.query('SELECT n FROM b')).toEqual([{ n: 1 }]);
});
