/** Small files and names of a tar archive, gzipped or not, in one pass and without writing anything. */
import { createReadStream } from 'node:fs';
import { Transform, type TransformCallback, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { InputError } from '../plan-input.ts';
import { placeOf } from './open-file.ts';

export interface ArchiveFiles {
  /** Path in the archive, without `./` → size in bytes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Text of the small files that were asked for. */
  readonly small: ReadonlyMap<string, Buffer>;
}

const LARGEST_SMALL = 4 * 1024 * 1024;
const MOST_SMALL = 64 * 1024 * 1024;
const MOST_ENTRIES = 200_000;

/** What gzip makes of layers is 2 to 10 times as large; zeros come to 1,000 times. */
const RATIO = 200;
const FROM_BYTES = 128 * 1024 * 1024;

/** Reads the archive through; `keeps` chooses whose content is kept. Throws InputError. */
export async function readTar(path: string, gzipped: boolean, keeps: (name: string) => boolean): Promise<ArchiveFiles> {
  const sizes = new Map<string, number>();
  const small = new Map<string, Buffer>();
  let kept = 0;
  let problem: InputError | null = null;
  const refuse = (message: string) => {
    problem ??= new InputError(placeOf(path), message);
  };
  const parser = new Parser({ strict: true });
  parser.on('entry', (entry: ReadEntry) => {
    const name = entry.path.replace(/^\.\//, '');
    if (entry.type !== 'Directory') sizes.set(name, entry.size);
    if (sizes.size > MOST_ENTRIES) refuse(`expected at most ${MOST_ENTRIES} files, got more`);
    if (entry.size > LARGEST_SMALL || kept + entry.size > MOST_SMALL || !keeps(name)) {
      entry.resume();
      return;
    }
    kept += entry.size;
    const chunks: Buffer[] = [];
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => small.set(name, Buffer.concat(chunks)));
  });
  let over = false;
  parser.on('eof', () => {
    over = true;
  });
  const ended = new Promise<void>((done, fail) => {
    parser.on('end', done);
    parser.on('error', fail);
    parser.on('abort', fail);
  });
  ended.catch(() => {});
  const source = createReadStream(path);
  const counted = countUntil(
    path,
    () => source.bytesRead,
    () => problem,
  );
  const into = new Writable({
    write(chunk: Buffer, _, done) {
      // The parser would keep all that follows the end of an archive.
      if (over || parser.write(chunk)) done();
      else parser.once('drain', () => done());
    },
    final(done) {
      parser.end();
      ended.then(() => done(), done);
    },
  });
  parser.on('error', (error: Error) => into.destroy(error));
  try {
    await (gzipped ? pipeline(source, createGunzip(), counted, into) : pipeline(source, counted, into));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new InputError(placeOf(path), `expected a whole tar archive, got one that breaks off or is damaged (${said}); write it again`);
  }
  if (problem !== null) throw problem;
  return { sizes, small };
}

/** Lets bytes through until they are too many for what was read, or something else is wrong. */
function countUntil(path: string, bytesRead: () => number, problem: () => InputError | null): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done: TransformCallback) {
      bytes += chunk.length;
      const wrong = problem();
      if (wrong !== null) done(wrong);
      else if (bytes > FROM_BYTES && bytes > RATIO * bytesRead())
        done(new InputError(placeOf(path), `expected an archive, got one that unpacks to more than ${RATIO} times its size`));
      else done(null, chunk);
    },
  });
}
