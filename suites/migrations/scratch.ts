/** Databases that are made for a check and thrown away, owned by a role that can do nothing beyond them. */
import { randomBytes } from 'node:crypto';
import { quoteIdentifier, type Sql } from '../../backends/wire/sql.ts';
import type { ResourceStage } from '../case/resource-check.ts';

/** A database of ours. */
export interface ScratchDatabase {
  readonly name: string;
  /** URL of its owner, which is what the migrations get. */
  readonly url: string;
  /** Runs `work` in a session of the owner's, which has ended when it returns. */
  use<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

export interface Scratch extends AsyncDisposable {
  /** Makes an empty database, or a copy of another of ours in which nobody is. */
  create(from?: ScratchDatabase): Promise<ScratchDatabase>;
  drop(database: ScratchDatabase): Promise<void>;
  /** Lets a database outlive this scratch; it goes with the server, or with all that the run made there. */
  leave(database: ScratchDatabase): void;
}

/** Who owns the databases. */
export interface ScratchRole {
  readonly name: string;
  readonly password: string;
}

export type ScratchStage = Pick<ResourceStage<unknown>, 'openSql' | 'scratchPrefix'>;

/** What a scratch is made with. */
export interface ScratchOptions {
  /** URL of the server's superuser. */
  readonly serverUrl: string;
  readonly deadlineMs: number;
  /** Put in by the superuser, since only some may be by the owner. */
  readonly extensions: readonly string[];
  readonly role: ScratchRole;
}

let made = 0;

/** A role that is not made yet. */
export function newRole({ scratchPrefix }: Pick<ScratchStage, 'scratchPrefix'>): ScratchRole {
  return { name: `${scratchPrefix}${++made}`, password: randomBytes(18).toString('base64url') };
}

/** Connects, and makes the role where it is not there. Throws SqlError and WireError. */
export async function openScratch(stage: ScratchStage, { serverUrl, deadlineMs, extensions, role }: ScratchOptions): Promise<Scratch> {
  const admin = await stage.openSql(serverUrl, { allows: 'any', deadlineMs });
  const [there] = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role.name]);
  if (there === undefined) await admin.query(`CREATE ROLE ${role.name} LOGIN PASSWORD '${role.password}'`);
  const living = new Set<string>();
  const urlOf = (database: string, user = role.name, secret = role.password) => {
    const url = new URL(serverUrl);
    url.username = user;
    url.password = secret;
    url.pathname = `/${database}`;
    return url.href;
  };
  const drop = async (name: string) => {
    // Whoever is still in it, a migration that does not end among them, is thrown out.
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    living.delete(name);
  };
  return {
    async create(from) {
      const name = `${stage.scratchPrefix}${++made}`;
      living.add(name);
      // Copying files is three times as fast as writing them to the log, where no flush to the disk is waited for.
      await admin.query(`CREATE DATABASE ${name} OWNER ${role.name} TEMPLATE ${from?.name ?? 'template1'} STRATEGY file_copy`);
      if (from === undefined) {
        const { username, password: secret } = new URL(serverUrl);
        const superuser = await stage.openSql(urlOf(name, username, secret), { allows: 'any', deadlineMs });
        // The owner of a database made from a template owns nothing that was in it, the schema public among them.
        await superuser.query(`ALTER SCHEMA public OWNER TO ${role.name}`);
        for (const extension of extensions) await superuser.query(`CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(extension)} CASCADE`);
        await superuser[Symbol.asyncDispose]();
      }
      const url = urlOf(name);
      return {
        name,
        url,
        async use(work) {
          await using sql = await stage.openSql(url, { allows: 'any', deadlineMs });
          return await work(sql);
        },
      };
    },
    drop: ({ name }) => drop(name),
    leave: ({ name }) => void living.delete(name),
    async [Symbol.asyncDispose]() {
      for (const name of [...living]) await drop(name);
      await admin[Symbol.asyncDispose]();
    },
  };
}
