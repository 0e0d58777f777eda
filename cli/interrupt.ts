/** Ctrl-C and TERM: the first asks the work to end and clean up, the second ends the process at once. */

/** A signal that aborts when the process is asked to end. */
export function interruptible(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(2);
      process.stderr.write('\ncrosscheck: interrupted; ending the workers and writing what is known. Again to end at once.\n');
      controller.abort();
    });
  }
  return { signal: controller.signal };
}
