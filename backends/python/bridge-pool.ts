/** The child that serves every session of this process: started when first needed, and again after one has failed. */
import { fileURLToPath } from 'node:url';
import { BridgeFailure, BridgeProcess } from './bridge-process.ts';
import { pythonCommand } from './find-python.ts';

const script = fileURLToPath(new URL('bridge.py', import.meta.url));

/** The first start of a version downloads some 60 packages. */
const START_MS = 180_000;
/** As long as a case may take by default; quilt3 sets no deadline of its own. */
const ANSWER_MS = 20_000;

export interface PoolOptions {
  readonly version: string;
  /** What is started in place of `bridge.py`: tests only. */
  readonly command?: readonly [string, ...string[]];
  readonly startMs?: number;
  readonly answerMs?: number;
}

export class BridgePool {
  readonly #options: PoolOptions;
  #bridge: Promise<BridgeProcess> | null = null;
  /** Ends when the last request that was made has: quilt3 can serve one user at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Asks in turn. Throws BridgeFailure. */
  ask(request: object): ReturnType<BridgeProcess['ask']> {
    const turn = this.#last.then(async () => (await this.#running()).ask(request));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** As `ask`, but starts no child for it: what is asked is of no use to a new one. */
  tell(request: object): Promise<void> {
    const turn = this.#last.then(async () => {
      const bridge = await this.#bridge?.catch(() => null);
      if (bridge?.alive) await bridge.ask(request).catch(() => undefined);
    });
    this.#last = turn;
    return turn;
  }

  /** Ends the child once it has answered; a later request starts another. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    const bridge = await this.#bridge?.catch(() => null);
    this.#bridge = null;
    await bridge?.[Symbol.asyncDispose]();
  }

  async #running(): Promise<BridgeProcess> {
    const running = await this.#bridge?.catch(() => null);
    if (running?.alive) return running;
    this.#bridge = this.#start();
    return this.#bridge;
  }

  async #start(): Promise<BridgeProcess> {
    const { version, startMs = START_MS, answerMs = ANSWER_MS } = this.#options;
    let command = this.#options.command;
    try {
      command ??= [...pythonCommand(version), script];
    } catch (error) {
      throw new BridgeFailure('start', (error as Error).message, '', { cause: error });
    }
    return BridgeProcess.start({ command, version, startMs, answerMs });
  }
}
