/** Debian's PostgreSQL, whose pg_dump fits its server: started in a folder of the room, as another user where we are root. */
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../fixtures/free-port.ts';
import type { Room } from './room.ts';

export interface DebianPostgres extends AsyncDisposable {
  readonly version: string;
  /** URL of a database's superuser. */
  urlOf(database: string): string;
  /** What `pg_dump --schema-only` says of a database, without who owns it and without what is random in it. */
  dump(database: string): Promise<string>;
}

const ROOT = '/usr/lib/postgresql';
const DEADLINE_MS = 60_000;

/** Starts the newest that is installed; null where there is none. */
export async function startDebianPostgres(room: Room): Promise<DebianPostgres | null> {
  const version = existsSync(ROOT)
    ? readdirSync(ROOT)
        .sort((a, b) => Number(a) - Number(b))
        .findLast((one) => existsSync(join(ROOT, one, 'bin/postgres')))
    : undefined;
  if (version === undefined) return null;
  const bin = join(ROOT, version, 'bin');
  const data = join(room.dir, 'pg');
  const asUser = process.getuid?.() === 0 ? (command: string) => `su postgres -s /bin/sh -c "${command}"` : (command: string) => command;
  mkdirSync(data);
  if (process.getuid?.() === 0) {
    chmodSync(room.dir, 0o755);
    const ids = await room.run(['sh', '-c', 'id -u postgres; id -g postgres'], { deadlineMs: DEADLINE_MS });
    const [uid, gid] = ids.stdout.split('\n').map(Number);
    chownSync(data, uid ?? 0, gid ?? 0);
  }
  const sh = async (command: string) => {
    const { code, stderr } = await room.run(['sh', '-c', asUser(command)], { deadlineMs: DEADLINE_MS });
    if (code !== 0) throw new Error(`${command.slice(0, 80)}: expected exit 0, got ${code}: ${stderr.slice(-500)}`);
  };
  const port = await freePort();
  await sh(`${bin}/initdb -D ${data} -U crosscheck --auth=trust --no-sync -E UTF8 --locale=C.UTF-8 > /dev/null`);
  await sh(
    `${bin}/pg_ctl -D ${data} -w -l ${data}/log -o '-p ${port} -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=' start > /dev/null`,
  );
  const urlOf = (database: string) => `postgresql://crosscheck@127.0.0.1:${port}/${database}`;
  return {
    version,
    urlOf,
    async dump(database) {
      const options = ['--schema-only', '--no-owner', '--no-privileges'];
      const { code, stdout, stderr } = await room.run([`${bin}/pg_dump`, ...options, urlOf(database)], { deadlineMs: DEADLINE_MS });
      if (code !== 0) throw new Error(`pg_dump: expected exit 0, got ${code}: ${stderr}`);
      // A token of chance, since 15.14, that keeps a dump from being run as another.
      return stdout.replaceAll(/^\\(?:un)?restrict .*$/gm, '');
    },
    async [Symbol.asyncDispose]() {
      await sh(`${bin}/pg_ctl -D ${data} -m immediate stop > /dev/null`);
    },
  };
}
