/** D-10: a service that cannot reach its database. */
import { withoutIndices } from '../address.ts';
import { type Identity, type Networks, openNetworks } from '../networks.ts';
import type { PlannedResource } from '../plan-input.ts';
import { type Answer, breach, notKnown, planRule } from '../rule.ts';
import { isList, Unknown, type Value, valuesAt } from '../value.ts';
import { type Workload, workloadsOf } from '../workloads.ts';

const DATABASES = new Set(['aws_db_instance', 'aws_rds_cluster', 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster']);
/** What joins VPCs, so that another one is not out of reach. */
const PEERS = /vpc_peering|transit_gateway|VPCPeering|TransitGateway|networkmanager|NetworkManager/;
/** Variables that hold an address to connect to; an ARN or a name is for the API of AWS. */
const ADDRESS = /(?:HOST|HOSTNAME|ADDRESS|ENDPOINT|URL|URI|DSN|SERVER|CONNECTION|CONNECTION_STRING)$/i;
const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306, sqlserver: 1433, oracle: 1521, aurora: 3306 };

export const connectorNetworkRule = planRule({
  id: 'connector-network',
  incidents: ['D-10'],
  severity: 'error',
  title: 'a service can reach the database that its settings name',
  documentation:
    'Asked of each App Runner service and Lambda function whose settings refer to a database of the same input, by reference or by its address. An App Runner service needs a VPC connector; its subnets must lie in the VPC of the database, and one of the database’s security groups must let the port in from one of the connector’s. Legal: a public database, VPCs that are joined by peering or a transit gateway, settings that hold an ARN or a name, a rule by address range (listed as not known, since the subnets’ ranges decide), and whatever is known after apply.',
  of: 'infrastructure',
  *ask(input) {
    const networks = openNetworks(input);
    const peered = input.resources.some(({ type }) => PEERS.test(type)) || input.existing.some(({ type }) => PEERS.test(type));
    const databases = input.resources.filter(({ type, action }) => DATABASES.has(type) && action !== 'delete');
    for (const workload of workloadsOf(input)) {
      if (workload.kind === 'ecs') continue;
      const { unseen, resource, title } = workload;
      if (unseen !== null && databases.length > 0)
        yield notKnown({ resource: title, place: resource.place([]), message: 'which database it needs', reason: unseen });
      for (const database of databases) if (namesDatabase(workload, database)) yield* askReach(workload, database, peered, networks);
    }
  },
});

/** A setting that comes from the database, or holds its address. */
function namesDatabase({ environment }: Workload, { address, values }: PlannedResource): boolean {
  const host = [values['address'], values['endpoint']].find((one) => typeof one === 'string' && one !== '');
  return [...environment].some(([name, { value }]) => {
    if (!ADDRESS.test(name)) return false;
    if (value instanceof Unknown) return value.from.includes(withoutIndices(address));
    return typeof value === 'string' && typeof host === 'string' && value.includes(host.split(':')[0] ?? host);
  });
}

const listAt = (values: PlannedResource['values'], ...patterns: readonly string[]): readonly Value[] =>
  patterns
    .flatMap((pattern) => valuesAt(values, pattern.split('.')).map(({ value }) => value))
    .flatMap((value) => (isList(value) ? value : [value]));

function* askReach(workload: Workload, database: PlannedResource, peered: boolean, networks: Networks): Iterable<Answer> {
  const { resource, title } = workload;
  const at = { resource: title, place: resource.place([]) };
  const name = database.address;
  const open = database.values['publicly_accessible'] ?? database.values['PubliclyAccessible'];
  if (open === true) return;
  const source = sourceOf(workload, networks);
  if (source === 'unknown') {
    yield notKnown({ ...at, message: `the way to ${name}`, reason: 'the VPC connector is known after apply' });
    return;
  }
  if (source === null) {
    yield breach({
      ...at,
      message: `the service leaves by the internet, and ${name} is not public`,
      expected: `a VPC connector into the network of ${name}`,
      got: 'none',
      mend: `give ${title} a VPC connector with subnets of that VPC`,
    });
    return;
  }
  const groupName = networks.identify(database.values['db_subnet_group_name'] ?? database.values['DBSubnetGroupName']);
  const subnetGroup = networks.find(groupName);
  const theirs = vpcsOf(subnetGroup === null ? [] : listAt(subnetGroup.values, 'subnet_ids', 'SubnetIds'), networks);
  const mine = vpcsOf(source.subnets, networks);
  if (mine === null || theirs === null)
    yield notKnown({ ...at, message: `whether its subnets are in the VPC of ${name}`, reason: 'subnets or VPCs are not all in the input' });
  else if (!mine.every((vpc) => theirs.includes(vpc)) && peered) {
    yield notKnown({ ...at, message: `whether ${mine.join(', ')} reaches the VPC of ${name}`, reason: 'VPCs are joined in this input' });
    return;
  } else if (!mine.every((vpc) => theirs.includes(vpc))) {
    yield breach({
      ...at,
      message: `the subnets are not in the VPC of ${name}`,
      expected: `subnets in ${theirs.join(', ')}`,
      got: `subnets in ${mine.join(', ')}`,
      mend: `give ${source.who} subnets of the VPC that ${name} is in`,
    });
    return;
  }
  const engine = String(database.values['engine'] ?? database.values['Engine'] ?? '');
  const said = database.values['port'] ?? database.values['Port'];
  const port =
    said === undefined || said === null || said instanceof Unknown
      ? Object.entries(PORTS).find(([one]) => engine.includes(one))?.[1]
      : Number(said);
  const doors = listAt(database.values, 'vpc_security_group_ids', 'VPCSecurityGroups', 'VpcSecurityGroupIds').map(networks.identify);
  const keys = source.groups.map(networks.identify);
  if (port === undefined || doors.length === 0 || keys.length === 0) return;
  const answers = doors.flatMap((door) => keys.map((key) => networks.letsIn(door, key, port)));
  if (answers.includes(true)) return;
  if (answers.includes(null))
    yield notKnown({
      ...at,
      message: `whether ${name} lets it in`,
      reason: 'rules of its security groups are not all known, or go by addresses',
    });
  else
    yield breach({
      ...at,
      message: `${name} does not let the service in`,
      expected: `port ${port} of ${show(doors)} open to ${show(keys)}`,
      got: 'no such rule',
      mend: `add an ingress rule for port ${port} from ${show(keys)} to ${show(doors)}`,
    });
}

interface Source {
  readonly who: string;
  readonly subnets: readonly Value[];
  readonly groups: readonly Value[];
}

/** Where the workload's requests come from; null: from the internet. */
function sourceOf({ resource, kind, title }: Workload, networks: Networks): Source | null | 'unknown' {
  const { values } = resource;
  if (kind === 'lambda') {
    const subnets = listAt(values, 'vpc_config.subnet_ids', 'VpcConfig.SubnetIds');
    return subnets.length === 0
      ? null
      : { who: title, subnets, groups: listAt(values, 'vpc_config.security_group_ids', 'VpcConfig.SecurityGroupIds') };
  }
  const egress = ['network_configuration.egress_configuration', 'NetworkConfiguration.EgressConfiguration'] as const;
  const [type] = listAt(values, `${egress[0]}.egress_type`, `${egress[1]}.EgressType`);
  const [arn] = listAt(values, `${egress[0]}.vpc_connector_arn`, `${egress[1]}.VpcConnectorArn`);
  if (arn === undefined || arn === null || type === 'DEFAULT') return type instanceof Unknown ? 'unknown' : null;
  const connector = networks.find(networks.identify(arn));
  if (connector === null) return 'unknown';
  return {
    who: connector.address,
    subnets: listAt(connector.values, 'subnets', 'Subnets'),
    groups: listAt(connector.values, 'security_groups', 'SecurityGroups'),
  };
}

function vpcsOf(subnets: readonly Value[], networks: Networks): readonly string[] | null {
  const vpcs = subnets.map((subnet) => networks.vpcOf(networks.identify(subnet)));
  return vpcs.length === 0 || vpcs.includes(null) ? null : [...new Set(vpcs.filter((vpc) => vpc !== null))];
}

const show = (identities: readonly Identity[]): string => identities.map((one) => one ?? 'a group not known yet').join(', ');
