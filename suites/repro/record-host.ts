/** A live host that keeps all that each side of a case sent, was answered and saw on its clocks, so that the case can be played again offline. */
import { createHash } from 'node:crypto';
import type { Backend } from '../../backends/backend.ts';
import { recordTransport, type TapedSend } from '../../backends/wire/tape.ts';
import type { ControlClient } from '../../fixtures/control-client.ts';
import { secretsOf } from '../../fixtures/target.ts';
import type { StandIns } from '../../reports/stand-ins.ts';
import type { Side } from '../case/side.ts';
import { sideName } from '../case/side.ts';
import { createLiveHost, type LiveHost, type LiveHostOptions } from '../run/live-host.ts';
import type { KeptBody, RecordedSend, RecordedSide } from './recording.ts';

export interface RecordHost extends LiveHost {
  /** What was recorded so far, by the name of the side or the id of the check. Holds no secret that the stand-ins could learn. */
  sides(): Readonly<Record<string, RecordedSide>>;
}

/**
 * Bytes of bodies that a file keeps; beyond them a body is kept by its hash alone, and a case that is answered with it cannot be replayed.
 * Two sides that put and get 8 MiB are 34 MB; in base64 this stays below what `replay` reads.
 */
const KEPT_BYTES = 40 * 1024 * 1024;

interface Tape {
  readonly sends: TapedSend[];
  readonly control: { readonly request: string; readonly answer: unknown }[];
  readonly clocks: number[][];
  side: Side | null;
}

/** Makes a host; each side has a live host of its own, so that nothing of one is recorded with another. */
export function createRecordHost(options: Omit<LiveHostOptions, 'tap' | 'wrap'>, standIns: StandIns): RecordHost {
  const { target } = options;
  for (const secret of [...secretsOf(target), bearerOf(target.controlUrl)]) standIns.learn(secret ?? '');
  const tapes = new Map<string, Tape>();
  const hosts: LiveHost[] = [];
  const onto = (name: string): { host: LiveHost; tape: Tape } => {
    const tape: Tape = { sends: [], control: [], clocks: [], side: null };
    tapes.set(name, tape);
    const host = createLiveHost({
      ...options,
      wrap: (backend) => recordBackend(backend, tape.clocks, standIns),
      tap: {
        transport: (real) => recordTransport(real, tape.sends),
        control: (real) => recordControl(real, tape.control),
      },
    });
    hosts.push(host);
    return { host, tape };
  };
  const plain = createLiveHost(options);
  hosts.push(plain);
  return {
    sidesHaveNames: plain.sidesHaveNames,
    async makeSide(story, cast, planned, beside) {
      if (cast === null) return plain.makeSide(story, cast, planned, beside);
      const { host, tape } = onto(sideName(cast));
      tape.side = await host.makeSide(story, cast, planned);
      return tape.side;
    },
    checkStage: (planned) => onto(planned.id).host.checkStage(planned),
    resourceStage: (planned, suite) => onto(planned.id).host.resourceStage(planned, suite),
    reproduce: plain.reproduce,
    rootFields: plain.rootFields,
    sides() {
      const budget = { left: KEPT_BYTES };
      // All is learnt before anything is written, since one side may say what is another's secret.
      for (const tape of tapes.values()) learnFrom(tape, standIns);
      return Object.fromEntries([...tapes].map(([name, tape]) => [name, freeze(tape, standIns, budget)]));
    },
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host[Symbol.asyncDispose]();
    },
  };
}

function recordBackend(backend: Backend, clocks: number[][], standIns: StandIns): Backend {
  return {
    ...backend,
    open(settings, door) {
      const clock: number[] = [];
      clocks.push(clock);
      const now = () => {
        const value = (settings.now ?? Date.now)();
        clock.push(value);
        return value;
      };
      const learnSecret = (value: string) => {
        standIns.learn(value);
        door.learnSecret(value);
      };
      return backend.open({ ...settings, now }, { ...door, learnSecret });
    },
  };
}

/** Every method alike: what it was asked by its name, what it answered. A refusal is not recorded, since it ends the case. */
function recordControl(real: ControlClient, control: Tape['control']): ControlClient {
  const kept =
    <A extends readonly unknown[], R>(request: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const answer = await work(...args);
      control.push({ request, answer: answer ?? null });
      return answer;
    };
  return {
    newTenant: kept('newTenant', real.newTenant),
    dropTenant: real.dropTenant,
    dropTenantsOf: real.dropTenantsOf,
    advance: kept('advance', real.advance),
    fault: kept('fault', real.fault),
    clearFaults: kept('clearFaults', real.clearFaults),
    token: kept('token', real.token),
    truth: kept('truth', real.truth),
  };
}

function learnFrom({ sends, control }: Tape, standIns: StandIns): void {
  for (const { request, answer } of control) {
    standIns.learnIn(answer);
    if (request === 'token' && typeof answer === 'string') standIns.learn(answer);
  }
  for (const { answer } of sends) if (answer !== null) standIns.learnIn(jsonOf(answer.body));
}

function freeze({ sends, control, clocks, side }: Tape, standIns: StandIns, budget: Budget): RecordedSide {
  const observations = side?.recorder.observations ?? [];
  const last = Math.max(0, ...observations.map(({ call }) => call));
  const byCall = new Map(observations.map(({ call, startedAt, endedAt }) => [call, [startedAt, endedAt] as [number, number]]));
  return {
    made: side?.made ?? null,
    clocks,
    calls: Array.from({ length: last }, (_, index) => byCall.get(index + 1) ?? null),
    control: control.map(({ request, answer }) => ({ request, answer: standIns.json(answer) })),
    sends: sends.map((send) => freezeSend(send, standIns, budget)),
  };
}

function freezeSend({ method, url, headers, body, answer, failure }: TapedSend, standIns: StandIns, budget: Budget): RecordedSend {
  const shown = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, standIns.header(name, value)]));
  return {
    method,
    url: standIns.apply(url),
    headers: shown(headers),
    body: body === null ? null : keep(body, standIns, budget),
    answer: answer && {
      status: answer.status,
      headers: shown(answer.headers),
      body: answer.body.length === 0 ? null : keep(answer.body, standIns, budget),
    },
    failure: failure && { ...failure, message: standIns.apply(failure.message) },
  };
}

type Budget = { left: number };

function keep(bytes: Buffer, standIns: StandIns, budget: Budget): KeptBody {
  if (bytes.length > budget.left) return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  budget.left -= bytes.length;
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? { text: standIns.apply(text) } : { base64: bytes.toString('base64') };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

const bearerOf = (controlUrl: string | null) => (controlUrl === null ? null : new URL(controlUrl).hash.slice(1));
