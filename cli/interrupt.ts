/** Ctrl-C, TERM, and the end of the npm that started us: the first asks the work to end and clean up, the second ends the process at once. */
import { watchAncestors } from '../fixtures/embedded/watch-ancestors.ts';

/** A signal that aborts when the process is asked to end; what is then done is said in `doing`. Under npm a TERM ends npm and its shell and reaches no further, so their end counts too. */
export function interruptible(doing = 'ending the workers and writing what is known'): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const interrupt = () => {
    process.stderr.write(`\ncrosscheck: interrupted; ${doing}. Again to end at once.\n`);
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(2);
      interrupt();
    });
  }
  if (process.env['npm_command'] !== undefined) watchAncestors(interrupt);
  return { signal: controller.signal };
}
