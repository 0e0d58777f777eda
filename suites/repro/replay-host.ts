/** Hosts a case on its recording: worlds, clients and clocks as they were, and no connection at all. */
import type { Backend } from '../../backends/backend.ts';
import type { ControlClient } from '../../fixtures/control-client.ts';
import type { Target } from '../../fixtures/target.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';
import type { Side } from '../case/side.ts';
import { sideName } from '../case/side.ts';
import { createLiveHost, type LiveHost } from '../run/live-host.ts';
import type { RecordedSide, Recording } from './recording.ts';
import { replayTransport } from './replay-transport.ts';

export interface ReplayHost extends LiveHost {
  /** Requests of a side, or of a check, that its recording does not hold; each says what was asked. */
  missingIn(name: string): readonly string[];
}

/** Makes a host; `file` names the recording in errors about its schema. */
export function createReplayHost(
  recording: Recording,
  options: { readonly backends: readonly Backend[]; readonly seed: number; readonly file: string },
): ReplayHost {
  const target = recording.target as unknown as Target;
  const contract = contractFromIntrospection(recording.schema, `${options.file}: recording.schema`);
  // Nothing is created, so nothing is claimed.
  const run = { ...recording.run, journal: { willCreate: () => undefined, removed: () => undefined }, targetFile: null };
  const missing = new Map<string, string[]>();
  const hosts: LiveHost[] = [];
  const hostOf = (name: string): { host: LiveHost; recorded: RecordedSide } => {
    const recorded = recording.sides[name];
    if (recorded === undefined) throw new Error(`${name}: expected one of ${Object.keys(recording.sides).join(', ')} in the recording`);
    const misses: string[] = [];
    missing.set(name, misses);
    const say = (what: string) => void misses.push(what);
    const clocks = [...recorded.clocks];
    const host = createLiveHost({
      target,
      backends: options.backends,
      contract,
      seed: options.seed,
      run,
      targetArgument: '',
      wrap: (backend) => replayClock(backend, () => clocks.shift() ?? []),
      tap: { transport: () => replayTransport(recorded.sends, say), control: () => replayControl(recorded.control, say) },
    });
    hosts.push(host);
    return { host, recorded };
  };
  const plain = createLiveHost({ target, backends: options.backends, contract, seed: options.seed, run, targetArgument: '' });
  hosts.push(plain);
  return {
    sidesHaveNames: plain.sidesHaveNames,
    async makeSide(story, cast, planned, beside) {
      if (cast === null) return plain.makeSide(story, cast, planned, beside);
      const { host, recorded } = hostOf(sideName(cast));
      return inItsTime(await host.makeSide(story, cast, planned), recorded);
    },
    checkStage: (planned) => hostOf(planned.id).host.checkStage(planned),
    resourceStage: (planned, suite) => hostOf(planned.id).host.resourceStage(planned, suite),
    reproduce: (id) => `npx crosscheck repro ${id}${options.seed === 1 ? '' : ` --seed ${options.seed}`}`,
    rootFields: plain.rootFields,
    missingIn: (name) => missing.get(name) ?? [],
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host[Symbol.asyncDispose]();
    },
  };
}

/** The clients' clock says what it said, ask by ask; beyond that it stands still. */
function replayClock(backend: Backend, nextClock: () => readonly number[]): Backend {
  return {
    ...backend,
    open(settings, door) {
      const values = nextClock();
      let asked = 0;
      const now = () => values[Math.min(asked++, values.length - 1)] ?? Date.now();
      return backend.open({ ...settings, now }, door);
    },
  };
}

/** Answers are given in their order; a request of another kind than came then is not in the recording. */
function replayControl(control: RecordedSide['control'], missing: (what: string) => void): ControlClient {
  const left = [...control];
  const answer =
    <T>(request: string) =>
    async (): Promise<T> => {
      const at = left.findIndex((one) => one.request === request);
      const [found] = at === -1 ? [] : left.splice(at, 1);
      if (found === undefined) {
        const what = `control ${request}: expected a request of the recording, got one that is not in it`;
        missing(what);
        throw new Error(what);
      }
      return found.answer as T;
    };
  return {
    newTenant: answer('newTenant'),
    dropTenant: () => undefined,
    dropTenantsOf: async () => 0,
    advance: answer('advance'),
    fault: answer('fault'),
    clearFaults: answer('clearFaults'),
    token: answer('token'),
    truth: answer('truth'),
  };
}

/** The side with its calls and its making at the times that were recorded, since instants are held against them. */
function inItsTime(side: Side, { made, calls }: RecordedSide): Side {
  const { recorder } = side;
  return {
    ...side,
    made,
    recorder: {
      event: recorder.event,
      record: recorder.record,
      settled: recorder.settled,
      get next() {
        return recorder.next;
      },
      get broken() {
        return recorder.broken;
      },
      get observations() {
        return recorder.observations.map((observation) => {
          const [startedAt, endedAt] = calls[observation.call - 1] ?? [observation.startedAt, observation.endedAt];
          return { ...observation, startedAt, endedAt };
        });
      },
    },
  };
}
