/** Ctrl-C, TERM, and the end of the npm that started us: the first asks the work to end and clean up, the second ends the process at once. */
import { watchAncestors } from '../fixtures/embedded/watch-ancestors.ts';

/** What the first signal says of a run. */
const OF_A_RUN = 'ending the workers and writing what is known';

/** A signal that aborts when the process is asked to end; `says` tells what is done then. Under npm a TERM ends npm and its shell and reaches no further, so their end counts too. */
export function interruptible(says: string = OF_A_RUN): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const interrupt = () => {
    process.stderr.write(`\ncrosscheck: interrupted; ${says}. Again to end at once.\n`);
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
