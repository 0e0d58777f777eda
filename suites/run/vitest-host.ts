/**
 * The process that leads a vitest group: vitest's own command line, and the end of the whole group when stdin closes, which the kernel does for a
 * `run` that was killed. So no group outlives its run, even before `clean`.
 */
import { pathToFileURL } from 'node:url';
import { VITEST } from './vitest-group.ts';

process.stdin.resume().once('close', () => process.kill(-process.pid, 'SIGKILL'));
if ('unref' in process.stdin) process.stdin.unref();
await import(pathToFileURL(VITEST).href);
