import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresFolder, type ScratchPostgres, startScratchPostgres } from '../../fixtures/scratch-postgres.ts';
import { root } from '../case/suite-files.ts';
import { askDatabase, wrongOf } from './test-database.ts';

let server: ScratchPostgres;
const made: string[] = [];
beforeAll(async () => {
  server = await startScratchPostgres(postgresFolder(randomUUID()));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Edits of files of the healthy app: text to find → text in its place; null: the file goes; a text alone: the file is that. */
type Edits = Readonly<Record<string, readonly [string | RegExp, string] | string | null>>;

function patched(edits: Edits): string {
  const folder = mkdtempSync(join(tmpdir(), 'crosscheck-defect-'));
  made.push(folder);
  cpSync(join(root, 'fixtures/embedded/app/migrations'), join(folder, 'migrations'), { recursive: true });
  cpSync(join(root, 'fixtures/embedded/app/models.sql'), join(folder, 'models.sql'));
  for (const [file, edit] of Object.entries(edits)) {
    const path = join(folder, file);
    if (edit === null) rmSync(path);
    else if (typeof edit === 'string') writeFileSync(path, edit);
    else {
      const text = readFileSync(path, 'utf8');
      const changed = text.replace(edit[0], edit[1]);
      expect(changed, `${file}: expected the patch to change it`).not.toBe(text);
      writeFileSync(path, changed);
    }
  }
  return folder;
}

const KEY = { migrations: { kind: 'sql', folder: 'migrations' }, models: { sql: 'models.sql' }, deadlineSeconds: 3 };
const SYNC = {
  ...KEY,
  sync: [{ sql: 'configs.sql' }, { sql: 'groups.sql' }],
};
const CONFIGS = `INSERT INTO connection_configs (name, issuer, client_id) VALUES ('lab', 'https://lab.test', 'app') ON CONFLICT (name) DO NOTHING;`;
const GROUPS = `INSERT INTO users (issuer, subject, email) VALUES ('i', 's', 'e@x.test') ON CONFLICT DO NOTHING;
INSERT INTO groups (name) VALUES ('everyone') ON CONFLICT DO NOTHING;
INSERT INTO group_members SELECT groups.id, users.id FROM groups, users ON CONFLICT DO NOTHING;`;

/** What is wrong, which checks must fail and no other, and what each must say. */
const DEFECTS: Readonly<
  Record<string, { readonly edits: Edits; readonly key?: object; readonly caught: Readonly<Record<string, readonly string[]>> }>
> = {
  'G-01: a column of the model that no migration makes': {
    edits: { 'models.sql': ['email text NOT NULL,', 'email text NOT NULL,\n  avatar text,'] },
    caught: {
      'have-what-models-declare': [
        'column public.users.avatar at revision 003',
        'expected text',
        'got no such column',
        'write the migration',
      ],
    },
  },
  'G-02: a file that is applied a statement at a time': {
    edits: { 'migrations/003_groups.up.sql': [/^/, '-- no-transaction\n'] },
    caught: { 'fail-at-each-statement': ['revision 003', 'half applied', 'run 003 in one transaction'] },
  },
  'G-02: a file that drops a table before it fails': {
    edits: {
      'migrations/001_users_and_connections.up.sql': [/$/, '\nCREATE TABLE legacy (id int PRIMARY KEY);'],
      'migrations/001_users_and_connections.down.sql': [/$/, '\nDROP TABLE IF EXISTS legacy;'],
      'migrations/002_scopes.up.sql': [/^/, '-- no-transaction\nDROP TABLE legacy;\n'],
      'migrations/002_scopes.down.sql': [/$/, '\nCREATE TABLE legacy (id int PRIMARY KEY);'],
    },
    caught: {
      'fail-at-each-statement': ['revision 002', 'half applied', 'public.legacy: 3 rows, then no such table or column'],
      'survive-up-down-up': ['public.legacy: 3 rows, then 0'],
    },
  },
  'G-02: a file that commits in its middle': {
    edits: { 'migrations/003_groups.up.sql': [/^([\s\S]*)\nCREATE TYPE([\s\S]*)$/, 'BEGIN;\n$1\nCOMMIT;\nBEGIN;\nCREATE TYPE$2\nCOMMIT;'] },
    caught: { 'fail-at-each-statement': ['revision 003', 'half applied'] },
  },
  'G-03: the foreign key of a removed model stays': {
    edits: {
      'models.sql': ['config_name text NOT NULL REFERENCES connection_configs (name) ON DELETE CASCADE', 'config_name text NOT NULL'],
    },
    caught: { 'keep-no-removed-key': ['foreign key public.connections.connections_config_name_fkey', 'blocks deletes'] },
  },
  'G-04: the table of a removed model stays': {
    edits: {
      'migrations/002_scopes.up.sql': [/$/, '\nCREATE TABLE audit (id bigint PRIMARY KEY);'],
      'migrations/002_scopes.down.sql': [/$/, '\nDROP TABLE audit;'],
    },
    caught: { 'keep-no-removed-table': ['table public.audit at revision 003', 'expected none, since no model has it'] },
  },
  'G-05: orphans that a new foreign key does not bear': {
    edits: { 'migrations/003_groups.up.sql': [/DELETE FROM tokens WHERE NOT EXISTS[^;]*;/, ''] },
    caught: {
      'mend-rows-that-break': [
        'tokens_connection_id_fkey',
        'public.tokens.connection_id must refer to a row of public.connections',
        '003_groups.up.sql:8',
        '23503',
      ],
    },
  },
  'G-05: a revision that fails on any rows, with a constraint that none of them can be made to break': {
    edits: {
      'migrations/002_scopes.up.sql': [
        /$/,
        `\nALTER TABLE users ADD CONSTRAINT created CHECK (created_at IS NOT NULL);
DO 'BEGIN IF EXISTS (SELECT FROM users) THEN RAISE EXCEPTION ''only an empty table''; END IF; END';`,
      ],
      'migrations/002_scopes.down.sql': [/$/, '\nALTER TABLE users DROP CONSTRAINT created;'],
      'models.sql': ['UNIQUE (issuer, subject)', 'CONSTRAINT created CHECK (created_at IS NOT NULL),\n  UNIQUE (issuer, subject)'],
    },
    caught: {
      'bring-populated-to-head': ['002_scopes.up.sql:6', 'only an empty table'],
      'mend-rows-that-break': [
        'revision 002 on rows of which none could be made to break created',
        'expected to succeed, got 002_scopes.up.sql:6',
        'let 002 bear rows that keep all that it demands',
      ],
    },
  },
  'G-05: a new column that must not be null, for rows that are there': {
    edits: {
      'migrations/002_scopes.up.sql': [" DEFAULT '{}'", ''],
      'migrations/003_groups.up.sql': [/$/, "\nALTER TABLE connection_configs ALTER scopes SET DEFAULT '{}';"],
      'migrations/003_groups.down.sql': [/$/, '\nALTER TABLE connection_configs ALTER scopes DROP DEFAULT;'],
    },
    caught: { 'bring-populated-to-head': ['002_scopes.up.sql:2', '23502', 'column scopes'] },
  },
  'G-06: a sync that puts its rows in twice': {
    key: SYNC,
    edits: {
      'configs.sql': `INSERT INTO users (issuer, subject, email) SELECT 'i', 'n' || count(*), 'e' FROM users;`,
      'groups.sql': `SELECT 1;`,
    },
    caught: { 'sync-in-any-order': ['public.users: 1 rows, then 2'] },
  },
  'G-06: a sync that needs its parents from another': {
    key: SYNC,
    edits: {
      'configs.sql': `${GROUPS} ${CONFIGS}`,
      'groups.sql': `INSERT INTO connections (user_id, config_name) SELECT id, 'lab' FROM users ON CONFLICT DO NOTHING; INSERT INTO group_members SELECT (SELECT id FROM groups), (SELECT id FROM users) ON CONFLICT DO NOTHING;`,
    },
    caught: { 'sync-in-any-order': ['groups.sql in the reverse order', '23502'] },
  },
  'G-07: no way down': {
    edits: { 'migrations/002_scopes.down.sql': null },
    caught: { 'survive-up-down-up': ['revision 002', 'expected a way down', 'irreversible'] },
  },
  'G-07: a way down that loses rows': {
    edits: { 'migrations/002_scopes.down.sql': [/$/, '\nDELETE FROM tokens;'] },
    caught: { 'survive-up-down-up': ['rows after revision 002 was taken back', 'public.tokens: 3 rows, then 0'] },
  },
  'G-07: a way down that does not bring back a table': {
    edits: {
      'migrations/001_users_and_connections.up.sql': [/$/, '\nCREATE TABLE legacy (id int PRIMARY KEY);'],
      'migrations/001_users_and_connections.down.sql': [/$/, '\nDROP TABLE legacy;'],
      'migrations/002_scopes.up.sql': [/$/, '\nDROP TABLE legacy;'],
    },
    caught: { 'survive-up-down-up': ['rows after revision 002 was taken back', 'public.legacy: 3 rows, then no such table or column'] },
  },
  'G-07: a way down that leaves something': {
    edits: { 'migrations/003_groups.down.sql': ['ALTER TABLE tokens DROP CONSTRAINT tokens_connection_id_fkey;', ''] },
    caught: { 'survive-up-down-up': ['constraint public.tokens.tokens_connection_id_fkey: expected none'] },
  },
  'G-08: two heads': {
    edits: {
      'migrations/003_other.up.sql': 'CREATE TABLE other (id int);',
      'migrations/003_other.down.sql': 'DROP TABLE other;',
      'models.sql': [/$/, '\nCREATE TABLE other (id int);'],
    },
    caught: { 'have-one-head': ['003_groups, 003_other', 'expected 1, got 2'] },
  },
  'G-14: a setting that reaches the revisions that follow it in one go': {
    edits: {
      'migrations/002_scopes.up.sql': [/$/, '\nCREATE SCHEMA apart;\nSET search_path = apart, public;'],
      'migrations/002_scopes.down.sql': [/$/, '\nDROP SCHEMA apart;'],
    },
    caught: {
      'bring-empty-to-head': [
        'schema after all revisions in one go: expected as a revision at a time leaves it',
        'table public.groups: expected to be there, got none',
      ],
    },
  },
  'G-14: a revision that does not go through after another in one go': {
    edits: {
      'migrations/002_scopes.up.sql': [/$/, `\nSET default_transaction_read_only = on;`],
    },
    caught: {
      'bring-empty-to-head': ['migration of an empty database in one go: expected to succeed, got 003_groups.up.sql', '25006'],
      'bring-populated-to-head': ['database with rows at 001: expected to come to head, got 003_groups.up.sql', '25006'],
    },
  },
  'G-11: a type': {
    edits: { 'models.sql': ['expires_at timestamptz', 'expires_at timestamp'] },
    caught: {
      'agree-with-models': ['column public.tokens.expires_at type', 'expected timestamp without time zone, got timestamp with time zone'],
    },
  },
  'G-11: nullability': {
    edits: { 'models.sql': ['refresh_token text', 'refresh_token text NOT NULL'] },
    caught: {
      'agree-with-models': ['column public.tokens.refresh_token not null: expected true, got false'.replace(':', ' at revision 003:')],
    },
  },
  'G-11: a default': {
    edits: { 'models.sql': ["DEFAULT 'team'", "DEFAULT 'project'"] },
    caught: { 'agree-with-models': ['column public.groups.kind default', "'project'"] },
  },
  'G-11: an index': {
    edits: { 'models.sql': [/$/, '\nCREATE INDEX ON users (email);'] },
    caught: { 'agree-with-models': ['INDEX ON public.users USING btree (email)', 'got none'] },
  },
  'G-11: an enum': {
    edits: { 'models.sql': ["'project')", "'project', 'lab')"] },
    caught: { 'agree-with-models': ['type public.group_kind', "'lab'"] },
  },
  'G-11: what happens on delete': {
    edits: { 'models.sql': ['REFERENCES connections (id) ON DELETE CASCADE', 'REFERENCES connections (id)'] },
    caught: { 'agree-with-models': ['FOREIGN KEY (connection_id) REFERENCES public.connections(id)', 'ON DELETE CASCADE'] },
  },
};

/** Every check is asked of every defect where there is time for it: then no other may fail. */
const WHOLE = process.env['CROSSCHECK_WHOLE_MATRIX'] === '1';

test.for(Object.entries(DEFECTS))('%s', async ([, { edits, key = KEY, caught }]) => {
  const folder = patched(edits);
  const asked = WHOLE ? {} : { only: Object.keys(caught) };
  const wrong = wrongOf(await askDatabase(key, { serverUrl: server.url, folder, ...asked }));
  expect(Object.keys(wrong), JSON.stringify(wrong, null, 1)).toEqual(Object.keys(caught));
  for (const [name, says] of Object.entries(caught)) {
    expect(wrong[name]).toMatch(/^failed/);
    for (const text of says) expect(wrong[name]).toContain(text);
  }
});

/** Legal, and like a defect: no check fails. */
const LOOKALIKES: Readonly<Record<string, { readonly edits: Edits; readonly key?: object }>> = {
  'the healthy app': { edits: {} },
  'constraints and indexes of other names, columns in another order': {
    edits: { 'models.sql': ['subject text NOT NULL,\n  email text NOT NULL,', 'email text NOT NULL,\n  subject text NOT NULL,'] },
  },
  'a unique index where the migrations have a constraint': {
    edits: {
      'models.sql': [/name text NOT NULL UNIQUE CHECK([\s\S]*)$/, 'name text NOT NULL CHECK$1\nCREATE UNIQUE INDEX ON groups (name);'],
    },
  },
  'an index that no model has': {
    edits: {
      'migrations/002_scopes.up.sql': [/$/, '\nCREATE INDEX users_email ON users (email);'],
      'migrations/002_scopes.down.sql': [/$/, '\nDROP INDEX users_email;'],
    },
  },
  'a way down left out on purpose': { edits: { 'migrations/002_scopes.down.sql': null }, key: { ...KEY, irreversible: ['002'] } },
  'rows that the app never made': {
    edits: { 'migrations/003_groups.up.sql': [/DELETE FROM tokens WHERE NOT EXISTS[^;]*;/, ''] },
    key: { ...KEY, guaranteed: ['tokens_connection_id_fkey'] },
  },
  'a table that no model has, on purpose': {
    edits: {
      'migrations/002_scopes.up.sql': [/$/, '\nCREATE TABLE audit (id bigint PRIMARY KEY);'],
      'migrations/002_scopes.down.sql': [/$/, '\nDROP TABLE audit;'],
    },
    key: { ...KEY, models: { sql: 'models.sql', keeps: ['audit'] } },
  },
  'a sync that finds what is there': { edits: { 'configs.sql': CONFIGS, 'groups.sql': GROUPS }, key: SYNC },
};

test.for(Object.entries(LOOKALIKES))('a legal look-alike: %s', async ([name, { edits, key = KEY }]) => {
  const folder = patched(edits);
  // The ways down and the rows are the same in all of these but those that are about them.
  const slow = ['fail-at-each-statement', ...(/way down|rows/.test(name) ? [] : ['survive-up-down-up', 'mend-rows-that-break'])];
  const without = WHOLE || name === 'the healthy app' ? [] : slow;
  expect(wrongOf(await askDatabase(key, { serverUrl: server.url, folder, without }))).toEqual({});
});

test('an attempt to break a constraint that does not break it leaves the rows as another new one wants them', async () => {
  const brought = 'CONSTRAINT given CHECK (email IS NOT NULL)';
  const edits: Edits = {
    'migrations/002_scopes.up.sql': [/$/, `\nALTER TABLE users ADD CONSTRAINT short CHECK (length(email) < 20), ADD ${brought};`],
  };
  const asked = { serverUrl: server.url, folder: patched(edits), only: ['mend-rows-that-break'] };
  expect(wrongOf(await askDatabase({ ...KEY, guaranteed: ['short', 'tokens_connection_id_fkey'] }, asked))).toEqual({});
});

test('a history that the target file tells, one revision after the other, is not asked for its heads', async () => {
  const folder = patched({});
  const asked = { serverUrl: server.url, folder, only: ['have-one-head'] };
  expect((await askDatabase(KEY, asked)).get('have-one-head')?.verdict).toBe('passed');
  const command = { migrations: { kind: 'command', up: 'true {revision}', revisions: ['1', '2'] } };
  expect([...(await askDatabase(command, asked))]).toEqual([]);
});
