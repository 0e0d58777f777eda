/**
 * Makes this process and those it starts lean; imported before anything else, since what is compiled or allocated by then is not reached.
 * Measured on the main job (1,784 cases, two cores): without both 1,300 MB PSS and 0.70 s for `--help`, with both 830 MB and 0.44 s, in
 * the same processor time; half the memory bound (2 MB) costs a fifth more time.
 */

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

/** MB of one half of the young generation. V8 grows it to 16 when much is allocated at once, and gives it back late. */
const SEMI_SPACE_MB = 4;

// This process has its heap already, so its bound is read no more, but its growth is.
setFlagsFromString('--semi-space-growth-factor=1');
const bound = `--max-semi-space-size=${SEMI_SPACE_MB}`;
const given = process.env['NODE_OPTIONS'] ?? '';
if (!given.includes('--max-semi-space-size')) process.env['NODE_OPTIONS'] = `${given} ${bound}`.trim();

// glibc keeps what was freed for the threads that freed it: one arena that gives pages back is 690 to 640 MB of the main job's five processes.
process.env['MALLOC_ARENA_MAX'] ??= '1';
process.env['MALLOC_TRIM_THRESHOLD_'] ??= '131072';

// Below node_modules: never committed, and gone with the modules that it was compiled from. Keyed by content, so it is never stale.
const { directory } = enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'compile'));
if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= directory;
