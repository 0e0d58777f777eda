/** Turns a fault into what a host is made with. */
import { backendOfMode } from '../../backends/selection.ts';
import type { Send, Sender, Transport } from '../../backends/wire/transport.ts';
import type { AwsPatch, Tenant } from '../../fixtures/control.ts';
import type { ControlClient, TenantFault } from '../../fixtures/control-client.ts';
import type { Fault, IntrospectedSchema, SubjectHand, TargetHand } from '../../fixtures/faults/fault.ts';
import type { LiveHostOptions } from '../run/live-host.ts';

/** A fault, ready to be put into a host. An artefact's edits stand in `edits`. */
export interface AppliedFault {
  readonly host: Required<Pick<LiveHostOptions, 'wrap' | 'tap' | 'pickBackend'>>;
  /** What the registry then answers to introspection, in place of this `data`: the same where the schema stays. */
  schemaOf(introspection: unknown): unknown;
  readonly edits: readonly Edit[];
  /** Variant of the sample app; none where it is healthy. */
  readonly app: string | undefined;
  readonly aws: readonly AwsPatch[];
  readonly database: readonly DatabaseEdit[];
  /** Defect of the release that is started on the database. */
  readonly start: string | undefined;
  /** Rules of `plan` that are broken. */
  readonly plans: readonly string[];
  /** What it does to tenants alone, for a target that carries it itself. */
  readonly tenants: TenantFault;
  /** What else it needs, that only stands between a client and its target: `answers`, `mints`, `schema`, or its side. */
  readonly beyondTenants: readonly string[];
}

/** One change to a file of the sample app's migrations. */
export interface DatabaseEdit {
  readonly path: string;
  readonly change: ((text: string) => string) | null;
}

/** One replacement in a source file. */
export interface Edit {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

type Parameter<K extends keyof TargetHand> = Parameters<TargetHand[K]>[0];

/** Applies the fault to hands that remember what it does; with null nothing is changed, as if its `apply` were empty. */
export function applyFault(fault: Fault | null): AppliedFault {
  const asks: Parameter<'asks'>[] = [];
  const tenants: Parameter<'eachTenant'>[] = [];
  const mints: Parameter<'mints'>[] = [];
  const answers: Parameter<'answers'>[] = [];
  const schemas: Parameter<'schema'>[] = [];
  const backends: Parameters<SubjectHand['backends']>[0][] = [];
  const edits: Edit[] = [];
  const aws: AwsPatch[] = [];
  const database: DatabaseEdit[] = [];
  const plans: string[] = [];
  let app: string | undefined;
  let start: string | undefined;
  let pickBackend = backendOfMode;
  if (fault?.side === 'target')
    fault.apply({
      asks: (change) => void asks.push(change),
      eachTenant: (change) => void tenants.push(change),
      mints: (change) => void mints.push(change),
      answers: (change) => void answers.push(change),
      schema: (change) => void schemas.push(change),
      aws: (patch) => void aws.push(patch),
      app(variant) {
        app = variant;
      },
    });
  else if (fault?.side === 'subject')
    fault.apply({
      backends: (change) => void backends.push(change),
      modeSwitch(change) {
        pickBackend = change(pickBackend);
      },
    });
  else if (fault?.side === 'artefact')
    fault.apply({
      edit: (path, from, to) => void edits.push({ path, from, to }),
      database: (path, change) => void database.push({ path, change }),
      plan: (rule) => void plans.push(rule),
      start(defect) {
        start = defect;
      },
    });

  const carried: TenantFault = {
    asks: (spec) => asks.reduce((asked, one) => one(asked), spec),
    async made(tenant, real, earlier) {
      let told = tenant;
      for (const one of tenants) told = (await one(tenant, real, earlier)) ?? told;
      return told;
    },
  };
  const control = (real: ControlClient): ControlClient => {
    const made = new Map<string, Tenant>();
    const change = (tenant: Tenant) => carried.made(tenant, real, [...made.values()]);
    return {
      ...real,
      async newTenant(spec) {
        const tenant = await real.newTenant(carried.asks(spec));
        const told = await change(tenant);
        made.set(tenant.id, tenant);
        return told;
      },
      token: (id, spec) =>
        real.token(
          id,
          mints.reduce((asked, one) => one(asked), spec),
        ),
      async clearFaults(id) {
        await real.clearFaults(id);
        // A story clears its own; the fault stays.
        const tenant = made.get(id);
        if (tenant !== undefined) await change(tenant);
      },
    };
  };
  return {
    host: {
      wrap: (backend) => backends.reduce((wrapped, one) => one(wrapped), backend),
      tap: { transport: (real) => (answers.length === 0 ? real : changing(real, answers)), control },
      pickBackend,
    },
    schemaOf(introspection) {
      if (schemas.length === 0) return introspection;
      const changed = structuredClone(introspection) as IntrospectedSchema;
      for (const change of schemas) change(changed);
      return changed;
    },
    edits,
    app,
    aws,
    database,
    plans,
    start,
    tenants: carried,
    beyondTenants: [
      ...(fault === null || fault.side === 'target' ? [] : [`the ${fault.side}'s side`]),
      ...Object.entries({ answers, mints, schema: schemas, aws, app: app === undefined ? [] : [app] }).flatMap(([name, changes]) =>
        changes.length > 0 ? [name] : [],
      ),
    ],
  };
}

/** A transport whose answers are changed on their way. */
function changing(real: Transport, changes: readonly Parameter<'answers'>[]): Transport {
  return {
    to(url) {
      const { dispatcher, proxy } = real.to(url);
      const request: Sender['request'] = async (send) => {
        const answer = await dispatcher.request(send);
        const asked = { method: send.method, url: new URL(send.path, send.origin), operation: operationOf(send) };
        const bytes: Uint8Array[] = [];
        for await (const chunk of answer.body) bytes.push(chunk);
        const whole = Buffer.concat(bytes);
        const text = whole.toString('latin1');
        // One character a byte, so that what is no text passes unharmed.
        const told = changes.reduce((body, change) => change(asked, answer.statusCode, body) ?? body, text);
        const body = told === text ? whole : Buffer.from(told, 'latin1');
        const headers = { ...answer.headers };
        if (told !== text && 'content-length' in headers) headers['content-length'] = String(body.length);
        const read = async function* () {
          if (body.length > 0) yield body as Uint8Array;
        };
        return { statusCode: answer.statusCode, headers, body: Object.assign(read(), { destroy: () => undefined }) };
      };
      return { dispatcher: { request }, proxy };
    },
    [Symbol.asyncDispose]: () => real[Symbol.asyncDispose](),
  };
}

function operationOf({ body }: Send): string | null {
  return typeof body === 'string' ? (/"operationName":"(\w+)"/.exec(body)?.[1] ?? null) : null;
}
