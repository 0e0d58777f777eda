/** Hosts cases on a live target: doors, worlds and clients for the case runner. One a process; connections are shared. */
import type { Backend } from '../../backends/backend.ts';
import { type BackendName, PARAMETER_VALUES, type ParameterValue } from '../../backends/quilt-ops.ts';
import type { Door, DoorPolicy } from '../../backends/wire/door.ts';
import type { Exchange } from '../../backends/wire/exchange.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { createTransport, type Transport } from '../../backends/wire/transport.ts';
import { type ControlClient, createControlClient } from '../../fixtures/control-client.ts';
import { originsOf, type Target } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';
import type { Contract } from '../../schemas/contract.ts';
import { createEmbeddedSide } from '../case/embedded-world.ts';
import { createOracleSide } from '../case/oracle-world.ts';
import type { Host } from '../case/run-case.ts';
import { type Cast, randomOf, type Side, type Story } from '../case/side.ts';
import { countRootFields } from './root-fields.ts';

/** Deadline of one exchange. The slowest honest one seen is a 20 MB upload on a busy machine, 2 s. */
const EXCHANGE_DEADLINE_MS = 10_000;
/** Largest body taken in: the largest object that a scenario downloads is 20 MB. */
const BODY_LIMIT = 64 * 1024 * 1024;

export interface LiveHost extends Host, AsyncDisposable {}

export interface LiveHostOptions {
  readonly target: Target;
  readonly backends: readonly Backend[];
  readonly contract: Contract | null;
  readonly seed: number;
  /** Names the target in the command that reproduces a case: `--target FILE`, or nothing for the embedded one. */
  readonly targetArgument: string;
  /** The run that answers for the tenants that are made, in its journal. */
  readonly owner?: string;
  /** Replaces the operations of every client that is opened; the generated lies come in here. */
  readonly wrap?: (backend: Backend) => Backend;
  /** Stands between the host and the target: `repro` records there, and `replay` answers from what was recorded. */
  readonly tap?: Tap;
}

/** What passes between a host and a target. */
export interface Tap {
  transport(real: Transport): Transport;
  control(real: ControlClient): ControlClient;
}

/** Makes a host. Nothing is asked of the target before the first case. */
export function createLiveHost({
  target,
  backends,
  contract,
  seed,
  targetArgument,
  owner,
  wrap = (backend) => backend,
  tap = { transport: (real) => real, control: (real) => real },
}: LiveHostOptions): LiveHost {
  const transport = tap.transport(createTransport(target.ca === null ? {} : { ca: target.ca }));
  const control = target.controlUrl === null ? null : tap.control(createControlClient(target.controlUrl, owner));
  const byName = new Map<BackendName, Backend>(backends.map((backend) => [backend.name, wrap(backend)]));
  const policy: DoorPolicy = { origins: originsOf(target), writes: target.writes, deadlineMs: EXCHANGE_DEADLINE_MS, bodyLimit: BODY_LIMIT };
  const open = (judged: Contract | null, deadlineMs = EXCHANGE_DEADLINE_MS): Door =>
    openDoor({ ...policy, deadlineMs }, judged, { transport });
  const urls = urlSymbols(target);

  return {
    async makeSide(story: Story, cast: Cast, planned: PlannedCase): Promise<Side> {
      const random = randomOf(seed, planned.scenario, planned.parameters);
      const as = story.as ?? (story.needs.some((need) => /^(admin|tabulator)\./.test(need)) ? 'admin' : 'user');
      const tenant = story.tenant ?? {};
      if (cast === null) return createOracleSide({ tenant, as, random, target, lacks: lacksOf(story, byName) });
      if (control === null) throw new Error(`target ${target.name}: expected a control endpoint, got none`);
      return createEmbeddedSide({
        control,
        openDoor: () => open(contract, story.exchangeDeadlineMs),
        openBystanderDoor: () => open(null),
        backend(name) {
          const backend = byName.get(name);
          if (backend === undefined) throw new Error(`backend ${name}: expected one of ${[...byName.keys()].join(', ')}`);
          return backend;
        },
        main: 'backend' in cast ? cast.backend : cast.reader,
        tenant,
        as,
        random,
        ownClock: !Object.values(cast).includes('quilt3-python'),
        urls,
      });
    },
    async checkStage(planned) {
      const door = open(contract);
      return { target, door, contract, at: planned.parameters, exchanges: () => door.exchanges };
    },
    reproduce: (id) => `npx crosscheck repro ${id}${targetArgument}${seed === 1 ? '' : ` --seed ${seed}`}`,
    rootFields: (exchanges: readonly Exchange[]) => (contract === null ? {} : countRootFields(contract, exchanges)),
    async [Symbol.asyncDispose]() {
      for (const backend of byName.values()) await backend.close?.();
      await transport[Symbol.asyncDispose]();
    },
  };
}

/** Parameter values that the one backend a story is about lacks; none for a story of all backends, whose needs say what it uses. */
function lacksOf(story: Story, byName: ReadonlyMap<BackendName, Backend>): ReadonlySet<ParameterValue> {
  const [only, another] = story.only?.backends ?? [];
  const supports = only === undefined || another !== undefined ? undefined : byName.get(only)?.supports;
  return new Set(PARAMETER_VALUES.filter((value) => supports !== undefined && supports[value] !== true));
}

/** The target's URLs → their symbols; the longest match wins, so a path below an origin is named before the origin. */
function urlSymbols(target: Target): ReadonlyMap<string, string> {
  const symbols = new Map<string, string>();
  const add = (url: string | null, symbol: string) => {
    if (url !== null && !symbols.has(url)) symbols.set(url, symbol);
  };
  add(target.graphqlUrl, '{graphql}');
  add(target.registryUrl, '{registry}');
  add(target.catalogUrl, '{catalog}');
  add(target.s3Endpoint, '{s3}');
  return symbols;
}
