/** D-09: the plan creates a VPC endpoint that is there already. */
import { withoutIndices } from '../address.ts';
import { type Expectations, isStackOutput } from '../expectations.ts';
import type { Infrastructure, PlannedResource } from '../plan-input.ts';
import { toldOf } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { type Fields, isList, Unknown, type Value } from '../value.ts';

const TYPES = new Set(['aws_vpc_endpoint', 'AWS::EC2::VPCEndpoint']);

/** An endpoint, whatever format it was written in. */
interface Endpoint {
  readonly who: string;
  readonly vpc: Value;
  readonly service: Value;
  readonly gateway: boolean;
  readonly privateDns: Value;
  /** Null: not said. */
  readonly routeTables: readonly Value[] | null;
}

function endpointOf(who: string, values: Fields): Endpoint {
  const of = (terraform: string, cloudformation: string): Value => values[terraform] ?? values[cloudformation] ?? null;
  const kind = of('vpc_endpoint_type', 'VpcEndpointType') ?? 'Gateway';
  const tables = of('route_table_ids', 'RouteTableIds');
  return {
    who,
    vpc: of('vpc_id', 'VpcId'),
    service: of('service_name', 'ServiceName'),
    gateway: kind === 'Gateway',
    // AWS turns private DNS on where CreateVpcEndpoint does not say; Terraform's and CloudFormation's default is off.
    privateDns: of('private_dns_enabled', 'PrivateDnsEnabled') ?? false,
    routeTables: isList(tables) ? tables : null,
  };
}

/** Those that are there: of the plan's own state, without what it deletes; and those that were named. */
function existingEndpoints({ existing, resources }: Infrastructure, { endpoints }: Expectations): readonly Endpoint[] {
  const leaving = new Set(resources.filter(({ action }) => action === 'delete' || action === 'replace').map(({ address }) => address));
  return [
    ...existing
      .filter(({ type, address }) => TYPES.has(type) && !leaving.has(address))
      .map(({ address, values }) => endpointOf(address, values)),
    ...endpoints.map(({ vpc, service, privateDns }) => ({
      who: 'the target',
      vpc: isStackOutput(vpc) ? new Unknown('output of a stack') : vpc,
      service,
      gateway: /\.(s3|dynamodb)$/.test(service) && !privateDns,
      privateDns,
      routeTables: null,
    })),
  ];
}

/** Values that are surely the same, surely not, or not known to be either. Two that come from the same resource are the same. */
function same(a: Value, b: Value, created: ReadonlySet<string>): boolean | null {
  if (a instanceof Unknown || b instanceof Unknown) {
    if (a instanceof Unknown && b instanceof Unknown && a.from.length === 1 && a.from[0] === b.from[0]) return true;
    const made = [a, b].some((one) => one instanceof Unknown && one.from.length > 0 && one.from.every((address) => created.has(address)));
    // What this plan makes cannot be there.
    return made ? false : null;
  }
  return a === b;
}

/** Whether the second cannot stand beside the first: both take the service's private name, or a route of the same table. */
function clashes(wanted: Endpoint, there: Endpoint, created: ReadonlySet<string>): boolean | null {
  if (wanted.gateway !== there.gateway) return false;
  if (!wanted.gateway) {
    if (wanted.privateDns instanceof Unknown) return null;
    return wanted.privateDns === true && there.privateDns !== false;
  }
  if (wanted.routeTables === null || there.routeTables === null) return there.who === 'the target';
  const pairs = wanted.routeTables.flatMap((mine) => (there.routeTables ?? []).map((theirs) => same(mine, theirs, created)));
  return pairs.includes(true) ? true : pairs.includes(null) ? null : false;
}

export const vpcEndpointExistsRule = planRule({
  id: 'vpc-endpoint-exists',
  incidents: ['D-09'],
  severity: 'error',
  title: 'no VPC endpoint is created that is there already',
  documentation:
    'AWS refuses a second interface endpoint with private DNS for a service of a VPC, and a second gateway endpoint on a route table. What is there comes from the plan’s own state, from its data sources, from the same plan, from `vpcEndpoints` of the target file and from --existing-endpoint. Legal: an interface endpoint without private DNS beside one, gateway endpoints on other route tables, another VPC, one that the plan deletes.',
  of: 'infrastructure',
  *ask(input, expected) {
    const wanted = input.resources.filter(({ type, action }) => TYPES.has(type) && (action === 'create' || action === 'declare'));
    const created = new Set(
      input.resources.filter(({ action }) => action === 'create' || action === 'declare').map(({ address }) => withoutIndices(address)),
    );
    const seen: Endpoint[] = [...existingEndpoints(input, expected)];
    for (const resource of wanted) {
      const endpoint = endpointOf(resource.address, resource.values);
      yield* compare(resource, endpoint, seen, created);
      seen.push(endpoint);
    }
  },
});

function* compare(resource: PlannedResource, endpoint: Endpoint, seen: readonly Endpoint[], created: ReadonlySet<string>) {
  const at = { resource: resource.address, place: resource.place([]) };
  const show = (value: Value, key: string): string =>
    value instanceof Unknown ? value.from.join(', ') || 'a VPC not known yet' : toldOf(resource, [key], String(value));
  let open: string | null = null;
  for (const there of seen) {
    const facts = [
      same(endpoint.service, there.service, created),
      same(endpoint.vpc, there.vpc, created),
      clashes(endpoint, there, created),
    ];
    if (facts.includes(false)) continue;
    if (facts.includes(null)) {
      open = there.who;
      continue;
    }
    yield breach({
      ...at,
      message: `the endpoint exists already: ${there.who}`,
      expected: `none in ${show(endpoint.vpc, 'vpc_id')} for ${show(endpoint.service, 'service_name')} yet`,
      got: `${there.who} is one`,
      mend: `use the one that is there by a data source, import it into ${resource.address}, or turn off its private DNS`,
    });
    return;
  }
  if (open !== null)
    yield notKnown({
      ...at,
      message: `whether it is the same endpoint as ${open}`,
      reason: 'VPC, service or settings are known after apply',
    });
}
