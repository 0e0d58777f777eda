/** One Python child that drives quilt3 by `bridge.py`: asked one thing at a time, ended with its whole process group when it does not answer. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** Why a child gave no answer. `start`: it never said that it was ready. `died`, `hung` and `garbage`: in the middle of a request. */
export type BridgeTrouble = 'start' | 'died' | 'hung' | 'garbage';

/** A child that gave no answer; `log` is the end of what it wrote on stderr. */
export class BridgeFailure extends Error {
  override readonly name = 'BridgeFailure';
  readonly trouble: BridgeTrouble;
  readonly log: string;

  constructor(trouble: BridgeTrouble, message: string, log: string, options?: { cause?: unknown }) {
    super(message, options);
    this.trouble = trouble;
    this.log = log;
  }
}

export interface BridgeOptions {
  /** Program and arguments of the child. */
  readonly command: readonly [string, ...string[]];
  /** Version of quilt3 that it must say it has. */
  readonly version: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds until a child that is not ready is given up; the first start of a version installs it. */
  readonly startMs: number;
  /** Milliseconds until a request is given up. */
  readonly answerMs: number;
}

const ready = z.object({ ready: z.object({ quilt3: z.string(), home: z.string() }) });
const answer = z.union([z.object({ id: z.number(), value: z.unknown() }), z.object({ id: z.number(), error: z.unknown() })]);

/** Characters of stderr that are kept. */
const LOG_KEPT = 4_000;

export class BridgeProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #options: BridgeOptions;
  readonly #ended: Promise<void>;
  #log = '';
  #home: string | null = null;
  #alive = true;
  /** Who waits for the next line. */
  #waiting: { take(line: string): void; fail(trouble: BridgeTrouble, got: string): void } | null = null;
  #requests = 0;

  private constructor(options: BridgeOptions) {
    this.#options = options;
    const [program, ...args] = options.command;
    // A group of its own, since uv runs Python as a child and would leave it behind.
    this.#child = spawn(program, args, { env: options.env ?? process.env, stdio: 'pipe', detached: true });
    this.#ended = new Promise((resolve) => {
      const end = (got: string) => {
        this.#alive = false;
        process.off('exit', this.#kill);
        this.#removeHome();
        this.#waiting?.fail('died', got);
        resolve();
      };
      this.#child.once('error', (error) => end(error.message));
      this.#child.once('exit', (code, signal) => end(`the end of the process (${signal ?? code})`));
    });
    process.once('exit', this.#kill);
    // Writing to a child that has gone fails here; its end is reported above.
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString()).slice(-LOG_KEPT);
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      if (this.#waiting === null) this.#kill();
      else this.#waiting.take(line);
    });
  }

  /** Starts a child; throws BridgeFailure when it does not say in time that it has that quilt3. */
  static async start(options: BridgeOptions): Promise<BridgeProcess> {
    const bridge = new BridgeProcess(options);
    const line = await bridge.#nextLine(options.startMs, 'start', () => undefined);
    const said = ready.safeParse(line);
    if (!said.success) throw bridge.#giveUp('start', 'expected its first line to say that it is ready, got another');
    const { quilt3, home } = said.data.ready;
    bridge.#home = home;
    if (quilt3 !== options.version) throw bridge.#giveUp('start', `expected quilt3 ${options.version}, got ${quilt3}`);
    return bridge;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Sends a request and answers its line; throws BridgeFailure, after which the child is gone. Call it again only when it has answered. */
  async ask(request: object): Promise<{ readonly value: unknown } | { readonly error: unknown }> {
    const id = ++this.#requests;
    const line = await this.#nextLine(this.#options.answerMs, 'hung', () =>
      this.#child.stdin.write(`${JSON.stringify({ ...request, id })}\n`),
    );
    const said = answer.safeParse(line);
    if (!said.success || said.data.id !== id) throw this.#giveUp('garbage', `expected the answer to request ${id}, got another line`);
    return said.data;
  }

  /** Ends the child and waits until it has gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#refer(true);
    this.#child.stdin.end();
    const timer = setTimeout(this.#kill, 2_000);
    await this.#ended;
    clearTimeout(timer);
  }

  async #nextLine(milliseconds: number, late: BridgeTrouble, send: () => void): Promise<unknown> {
    this.#refer(true);
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const fail = (trouble: BridgeTrouble, got: string) =>
          reject(this.#giveUp(late === 'start' ? 'start' : trouble, `expected an answer, got ${got}`));
        const timer = setTimeout(() => fail(late, `none within ${milliseconds} ms`), milliseconds);
        this.#waiting = {
          take(line) {
            clearTimeout(timer);
            try {
              resolve(JSON.parse(line));
            } catch {
              fail('garbage', `a line that is no JSON: ${line.slice(0, 80)}`);
            }
          },
          fail(trouble, got) {
            clearTimeout(timer);
            fail(trouble, got);
          },
        };
        if (this.#alive) send();
        else this.#waiting.fail('died', 'the end of the process');
      });
    } finally {
      this.#waiting = null;
      this.#refer(false);
    }
  }

  #giveUp(trouble: BridgeTrouble, message: string): BridgeFailure {
    this.#waiting = null;
    this.#kill();
    return new BridgeFailure(trouble, `quilt3 in Python: ${message}`, this.#log);
  }

  readonly #kill = (): void => {
    this.#alive = false;
    const { pid } = this.#child;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has gone by itself.
    }
    this.#removeHome();
  };

  #removeHome(): void {
    if (this.#home !== null) rmSync(this.#home, { recursive: true, force: true });
  }

  /** An idle child keeps nobody from ending; it ends itself when its stdin closes. */
  #refer(wanted: boolean): void {
    const handles = [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr] as unknown as readonly Pick<
      Socket,
      'ref' | 'unref'
    >[];
    for (const handle of handles) {
      if (wanted) handle.ref();
      else handle.unref();
    }
  }
}
