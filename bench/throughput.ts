/** Requests a second of HTTP servers, asked in turns so that a busy machine slows all of them alike. */
import { Agent, request } from 'undici';
import { median } from './figure.ts';

/** One way to ask a server; must fail when the answer is not the one due. */
export interface Load {
  readonly name: string;
  /** The request of the nth asking. */
  readonly ask: (n: number) => {
    readonly url: string;
    readonly method: 'GET' | 'PUT' | 'POST';
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer;
  };
  /** Whether a body is the one due; it is read whole either way. */
  readonly isDue: (body: string) => boolean;
}

export interface LoadSettings {
  /** Requests under way at a time. */
  readonly concurrency: number;
  /** Requests in a turn, and turns of each load. */
  readonly requests: number;
  readonly turns: number;
}

/** As many clients as two workers' stories have under way. */
export const USUAL: LoadSettings = { concurrency: 16, requests: 400, turns: 5 };

/** Requests a second of each load by name, the median of its turns; the first turn of each warms up and does not count. Throws for an answer that is not due. */
export async function measureLoads(loads: readonly Load[], settings: LoadSettings = USUAL): Promise<ReadonlyMap<string, number>> {
  await using agent = new DisposableAgent(settings.concurrency);
  const rates = new Map<string, number[]>(loads.map(({ name }) => [name, []]));
  for (let turn = 0; turn <= settings.turns; turn++) {
    for (const load of loads) {
      const startedAt = performance.now();
      await runTurn(load, turn * settings.requests, settings, agent.agent);
      const rate = settings.requests / ((performance.now() - startedAt) / 1000);
      if (turn > 0) rates.get(load.name)?.push(rate);
    }
  }
  return new Map([...rates].map(([name, measured]) => [name, median(measured)]));
}

async function runTurn(load: Load, first: number, { concurrency, requests }: LoadSettings, dispatcher: Agent): Promise<void> {
  let next = first;
  const client = async () => {
    while (next < first + requests) {
      const { url, ...options } = load.ask(next++);
      const { statusCode, body } = await request(url, { ...options, dispatcher });
      const text = await body.text();
      if (statusCode !== 200 || !load.isDue(text))
        throw new Error(`${load.name}: expected 200 with the answer due, got ${statusCode}: ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
}

class DisposableAgent implements AsyncDisposable {
  readonly agent: Agent;
  constructor(connections: number) {
    this.agent = new Agent({ connections });
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.agent.destroy();
  }
}
