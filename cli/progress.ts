/** The progress line of a run: rewritten in place on a terminal, now and then a line of its own elsewhere. */
import type { Progress } from '../suites/run/run-plan.ts';

export interface ProgressLine {
  show(progress: Progress): void;
  end(): void;
}

const EVERY_MS = 5_000;

/** A progress line on `stream`. */
export function createProgress(stream: NodeJS.WriteStream): ProgressLine {
  const startedAt = Date.now();
  let lastAt = startedAt;
  let open = false;
  return {
    show({ planned, finished, failed, broken }) {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      const text = `${finished} of ${planned} cases, ${failed} failed, ${broken} broken, ${seconds} s`;
      if (stream.isTTY) {
        // A line that wraps cannot be written over.
        stream.write(`\r\u001b[2K${text.slice(0, Math.max(0, (stream.columns ?? 80) - 1))}`);
        open = true;
      } else if (Date.now() - lastAt >= EVERY_MS) {
        stream.write(`${text}\n`);
        lastAt = Date.now();
      }
    },
    end() {
      if (open) stream.write('\r\u001b[2K');
    },
  };
}
