import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSql } from '../../backends/wire/postgres.ts';
import { postgresFolder, startScratchPostgres } from '../../fixtures/scratch-postgres.ts';
import { readCatalogue } from './catalogue.ts';
import { compareRows, digestRows } from './digest-rows.ts';

test('rows that change, come or go are told, and a table or a column that is gone is told and breaks nothing', async () => {
  await using server = await startScratchPostgres(postgresFolder(randomUUID()));
  await using sql = await openSql(server.url, { allows: 'any', deadlineMs: 5_000 });
  await sql.query(`
    CREATE TABLE same (id int, "Order" text, "say ""so""" text, "user" text, "a.b" text); INSERT INTO same VALUES (1, 'a', 'b', 'c', 'd'), (2, 'e', 'f', 'g', 'h');
    CREATE TABLE "Other Values" (id int); INSERT INTO "Other Values" VALUES (1);
    CREATE TABLE fewer (id int); INSERT INTO fewer VALUES (1), (2);
    CREATE TABLE table_gone (id int); INSERT INTO table_gone VALUES (1);
    CREATE TABLE column_gone (id int, name text); INSERT INTO column_gone VALUES (1, 'a');
    CREATE SCHEMA apart; CREATE TABLE apart.schema_gone (id int);
    CREATE TABLE bare (); CREATE TABLE left_out (id int);`);
  const catalogue = await readCatalogue(sql);
  const look = () => digestRows(sql, catalogue, ['public.left_out']);
  const before = await look();
  expect(compareRows(before, await look())).toEqual([]);
  await sql.query(`
    UPDATE public.same SET id = id; ALTER TABLE public.same ADD COLUMN more int;
    UPDATE public."Other Values" SET id = 2; DELETE FROM public.fewer WHERE id = 1;
    DROP TABLE public.table_gone, public.left_out; ALTER TABLE public.column_gone DROP COLUMN name; DROP SCHEMA apart CASCADE`);
  const after = await look();
  expect(compareRows(before, after)).toEqual([
    'apart.schema_gone: 0 rows, then no such table or column',
    'public."Other Values": 1 rows, of which some have other values now',
    'public.column_gone: 1 rows, then no such table or column',
    'public.fewer: 2 rows, then 1',
    'public.table_gone: 1 rows, then no such table or column',
  ]);
  // Gone both times it is no less gone.
  expect(compareRows(after, await look())).toEqual([
    'apart.schema_gone: no such table or column',
    'public.column_gone: no such table or column',
    'public.table_gone: no such table or column',
  ]);
});
