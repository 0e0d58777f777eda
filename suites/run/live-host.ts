/** Hosts cases on a live target: doors, worlds and clients for the case runner. One a process; connections are shared. */
import type { Backend } from '../../backends/backend.ts';
import { type BackendName, PARAMETER_VALUES, type ParameterValue } from '../../backends/quilt-ops.ts';
import { backendOfMode } from '../../backends/selection.ts';
import type { Door, DoorPolicy } from '../../backends/wire/door.ts';
import type { Exchange } from '../../backends/wire/exchange.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { createTransport, type Transport } from '../../backends/wire/transport.ts';
import { scratchPrefix } from '../../fixtures/control.ts';
import { type ControlClient, createControlClient } from '../../fixtures/control-client.ts';
import { originsOf, platformOf, type Target } from '../../fixtures/target.ts';
import type { Journal } from '../../reports/journal.ts';
import type { PlannedCase } from '../../reports/result.ts';
import type { Contract } from '../../schemas/contract.ts';
import type { CheckStage } from '../case/check.ts';
import { createDeployedSide } from '../case/deployed-world.ts';
import { createEmbeddedSide } from '../case/embedded-world.ts';
import { sharedNames } from '../case/names.ts';
import { createOracleSide } from '../case/oracle-world.ts';
import type { Host } from '../case/run-case.ts';
import { speakerOf } from '../case/scenario.ts';
import { type Cast, randomOf, type Side, type Story, withholds } from '../case/side.ts';
import { createStackOutputs } from '../case/stack-outputs.ts';
import { claimsIn } from './claims.ts';
import type { Parts } from './parts.ts';
import { createResources } from './resource-stage.ts';
import { countRootFields } from './root-fields.ts';

/** Deadline of one exchange. The slowest honest one seen is a 20 MB upload on a busy machine, 2 s. */
const EXCHANGE_DEADLINE_MS = 10_000;
/** Largest body taken in: the largest object that a scenario downloads is 20 MB. */
const BODY_LIMIT = 64 * 1024 * 1024;

export interface LiveHost extends Host, AsyncDisposable {}

/** A run as its hosts know it: tenants have its id, and what a deployment gets is called after its id and `part`, which no other process of it has. */
export interface HostedRun {
  readonly id: string;
  readonly part: string;
  /** Names what a deployment gets before it does. */
  readonly journal: Pick<Journal, 'willCreate' | 'removed'>;
  readonly targetFile: string | null;
}

export interface LiveHostOptions {
  readonly target: Target;
  readonly backends: readonly Backend[];
  readonly contract: Contract | null;
  readonly seed: number;
  /** The run that answers for what is created; null for a host on a target of its own, which goes as a whole. */
  readonly run: HostedRun | null;
  /** Names the target in the command that reproduces a case: `--target FILE`, or nothing for the embedded one. */
  readonly targetArgument: string;
  /** What was started for the cases; nothing when absent. */
  readonly parts?: Parts;
  /** Replaces the operations of every client that is opened; the generated lies come in here. */
  readonly wrap?: (backend: Backend) => Backend;
  /** The subject's switch between backends, in place of its own; faults come in here. */
  readonly pickBackend?: CheckStage['pickBackend'];
  /** Incident that is made to happen, for the command that reproduces a case. */
  readonly fault?: string;
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
  run,
  targetArgument,
  parts = {},
  wrap = (backend) => backend,
  pickBackend = backendOfMode,
  fault,
  tap = { transport: (real) => real, control: (real) => real },
}: LiveHostOptions): LiveHost {
  const transport = tap.transport(createTransport(target.ca === null ? {} : { ca: target.ca }));
  const control = target.controlUrl === null ? null : tap.control(createControlClient(target.controlUrl, run?.id));
  const byName = new Map<BackendName, Backend>(backends.map((backend) => [backend.name, wrap(backend)]));
  const policy: DoorPolicy = { origins: originsOf(target), writes: target.writes, deadlineMs: EXCHANGE_DEADLINE_MS, bodyLimit: BODY_LIMIT };
  const open = (judged: Contract | null, { deadlineMs = EXCHANGE_DEADLINE_MS, ownKeys }: Partial<DoorPolicy> = {}): Door =>
    openDoor({ ...policy, deadlineMs, ...(ownKeys !== undefined && { ownKeys }) }, judged, { transport });
  const urls = urlSymbols(target);
  const resources = createResources(target, {
    outputs: createStackOutputs(target.deployment),
    openDoor: (origins, writes = policy.writes) => openDoor({ ...policy, origins, writes }, null, { transport }),
    parts,
    scratchPrefix: scratchPrefix(`${run?.id ?? 'repro'}_${process.pid}`),
  });

  return {
    async makeSide(story: Story, cast: Cast, planned: PlannedCase, beside: Cast = null): Promise<Side> {
      const random = randomOf(seed, planned.scenario, planned.parameters);
      const as = speakerOf(story);
      const tenant = story.tenant ?? {};
      const player = cast ?? beside;
      const names =
        control === null && player !== null && run !== null
          ? sharedNames(run.id, [run.part, planned.scenario, planned.parameters, player])
          : null;
      if (cast === null)
        return createOracleSide({
          tenant,
          as,
          random,
          target: platformOf(target),
          lacks: lacksOf(story, byName),
          ...(names !== null && { names }),
        });
      const own = names === null ? {} : { ownKeys: names.ownKeys };
      const patience = withholds(story, planned.parameters) ? story.exchangeDeadlineMs : undefined;
      const options = {
        openDoor: () => open(contract, { ...own, ...(patience !== undefined && { deadlineMs: patience }) }),
        openBystanderDoor: () => open(null, own),
        backend(name: BackendName) {
          const backend = byName.get(name);
          if (backend === undefined) throw new Error(`backend ${name}: expected one of ${[...byName.keys()].join(', ')}`);
          return backend;
        },
        main: 'backend' in cast ? cast.backend : cast.reader,
        as,
        random,
        urls,
      };
      if (control !== null)
        return createEmbeddedSide({ ...options, control, tenant, ownClock: !Object.values(cast).includes('quilt3-python') });
      if (names === null || run === null)
        throw new Error(`target ${target.name}: expected a control endpoint or a run with a journal, got neither`);
      const claims = claimsIn(run.journal, platformOf(target), run.targetFile);
      return createDeployedSide({ ...options, target: platformOf(target), names, buckets: tenant.buckets ?? 1, claims });
    },
    sidesHaveNames: control === null,
    async checkStage(planned) {
      const door = open(contract);
      return { target: platformOf(target), door, contract, at: planned.parameters, pickBackend, exchanges: () => door.exchanges };
    },
    resourceStage: (planned, suite) => resources.hold(planned, suite),
    reproduce(id) {
      const more = `${targetArgument}${seed === 1 ? '' : ` --seed ${seed}`}`;
      return fault === undefined ? `npx crosscheck repro ${id}${more}` : `npx crosscheck run ${id} --fault ${fault}${more}`;
    },
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
  if (!target.hasPlatform) return symbols;
  add(target.graphqlUrl, '{graphql}');
  add(target.registryUrl, '{registry}');
  add(target.catalogUrl, '{catalog}');
  add(target.s3Endpoint, '{s3}');
  return symbols;
}
