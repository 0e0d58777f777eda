/** Subnets, VPCs and security groups of an input, whatever format they were written in: who can reach whom. */
import { withoutIndices } from './address.ts';
import type { ExistingResource, Infrastructure, PlannedResource } from './plan-input.ts';
import { type Fields, isFields, isList, Unknown, type Value, valuesAt } from './value.ts';

type AnyResource = PlannedResource | ExistingResource;

/** A resource's identity: its address where the input has it, the id otherwise; null where it is not known. */
export type Identity = string | null;

export interface Networks {
  identify(value: Value | undefined): Identity;
  find(identity: Identity): AnyResource | null;
  /** VPC of a subnet or security group; null where it is not known. */
  vpcOf(identity: Identity): Identity;
  /** Whether a database's group lets a port in from a group; null where not everything about it is known. */
  letsIn(group: Identity, from: Identity, port: number): boolean | null;
}

/** Attributes by which others name a resource. */
const NAMES = ['id', 'arn', 'name', 'identifier'] as const;

export function openNetworks({ resources, existing, format }: Infrastructure): Networks {
  const all: readonly AnyResource[] = [...resources.filter(({ action }) => action !== 'delete'), ...existing];
  const byName = new Map<string, AnyResource>();
  for (const resource of all) {
    byName.set(withoutIndices(resource.address), resource);
    for (const name of NAMES) {
      const value = resource.values[name];
      if (typeof value === 'string' && (name !== 'name' || resource.type === 'aws_db_subnet_group')) byName.set(value, resource);
    }
  }
  const identify = (value: Value | undefined): Identity => {
    if (value instanceof Unknown) return value.from.length === 1 ? (value.from[0] ?? null) : null;
    if (typeof value !== 'string' || value === '') return null;
    const known = byName.get(value);
    return known === undefined ? value : withoutIndices(known.address);
  };
  const find = (identity: Identity) => (identity === null ? null : (byName.get(identity) ?? null));
  const either = (values: Fields, terraform: string, cloudformation: string): Value | undefined =>
    values[terraform] ?? values[cloudformation];

  const rulesOf = (group: Identity): readonly Rule[] | null => {
    const resource = find(group);
    if (resource === null) return null;
    const inline = either(resource.values, 'ingress', 'SecurityGroupIngress');
    // A configuration may leave the rules of a group to another one.
    const rules: Rule[] = inline instanceof Unknown ? [UNKNOWN] : (isList(inline) ? inline : []).map((one) => ruleOf(one, identify));
    for (const other of all) {
      const on = either(other.values, 'security_group_id', 'GroupId');
      const ingress =
        (other.type === 'aws_security_group_rule' && other.values['type'] === 'ingress') ||
        other.type === 'aws_vpc_security_group_ingress_rule' ||
        other.type === 'AWS::EC2::SecurityGroupIngress';
      if (!ingress) continue;
      const id = identify(on);
      if (id === null) rules.push(UNKNOWN);
      else if (id === group) rules.push(ruleOf(other.values, identify));
    }
    return rules;
  };

  return {
    identify,
    find,
    vpcOf: (identity) => {
      const resource = find(identity);
      return resource === null ? null : identify(either(resource.values, 'vpc_id', 'VpcId'));
    },
    letsIn: (group, from, port) => {
      const rules = rulesOf(group);
      if (rules === null || from === null) return null;
      const answers = rules.map((rule) => admits(rule, from, group, port));
      if (answers.includes(true)) return true;
      // A state of Terraform has every rule of a group; a wish may be completed elsewhere.
      return answers.includes(null) || format === 'Terraform configuration' ? null : false;
    },
  };
}

interface Rule {
  readonly unknown: boolean;
  readonly from: number;
  readonly to: number;
  readonly groups: readonly Identity[];
  readonly self: boolean;
  readonly addresses: boolean;
}
const UNKNOWN: Rule = { unknown: true, from: 0, to: 65_535, groups: [], self: false, addresses: false };

function ruleOf(value: Value, identify: (value: Value | undefined) => Identity): Rule {
  if (!isFields(value)) return UNKNOWN;
  const all = (...patterns: readonly string[]) =>
    patterns.flatMap((pattern) => valuesAt(value, pattern.split('.')).map((one) => one.value)).filter((one) => one !== null && one !== '');
  const [protocol] = all('protocol', 'ip_protocol', 'IpProtocol');
  const every = protocol === '-1' || protocol === -1 || protocol === 'all';
  const [from] = all('from_port', 'FromPort');
  const [to] = all('to_port', 'ToPort');
  const groups = all(
    'security_groups.*',
    'source_security_group_id',
    'referenced_security_group_id',
    'SourceSecurityGroupId',
    'SourceSecurityGroupName',
  );
  const addresses = all(
    'cidr_blocks.*',
    'ipv6_cidr_blocks.*',
    'cidr_ipv4',
    'cidr_ipv6',
    'prefix_list_ids.*',
    'prefix_list_id',
    'CidrIp',
    'CidrIpv6',
    'SourcePrefixListId',
  );
  if ([from, to].some((port) => port instanceof Unknown)) return UNKNOWN;
  return {
    unknown: groups.some((one) => identify(one) === null),
    from: every ? 0 : Number(from ?? 0),
    to: every ? 65_535 : Number(to ?? from ?? 65_535),
    groups: groups.map(identify),
    self: value['self'] === true,
    addresses: addresses.length > 0,
  };
}

/** Addresses may well be those of the subnets: what they come to is not counted as a refusal. */
function admits(rule: Rule, from: string, group: Identity, port: number): boolean | null {
  if (port < rule.from || port > rule.to) return false;
  if (rule.groups.includes(from) || (rule.self && from === group)) return true;
  return rule.unknown || rule.addresses ? null : false;
}
