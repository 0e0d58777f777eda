/** The single sign-on configuration. */
import type { Json } from '../shapes.ts';
import type { Handlers } from './call.ts';
import type { Sso } from './state.ts';
import { readYaml } from './yaml-subset.ts';

export const sso: Handlers<'admin.sso.get' | 'admin.sso.set' | 'admin.sso.remove'> = {
  'admin.sso.get'(call) {
    const { tenant } = call.admin();
    return tenant.sso === null ? null : view(tenant.sso);
  },

  'admin.sso.set'(call, { config }) {
    call.filled('config', config);
    const { user, tenant } = call.admin();
    const read = readConfiguration(config);
    if (read === null) throw call.wrong('config');
    if (read.roles.some((name) => tenant.roles.every((role) => role.name !== name))) throw call.wrong('config', 'RoleDoesNotExist');
    tenant.sso = { text: config, timestamp: call.at, uploader: user.name, ...read };
    return view(tenant.sso);
  },

  'admin.sso.remove'(call) {
    call.admin().tenant.sso = null;
    return {};
  },
};

function view({ text, timestamp, uploader }: Sso) {
  return { text, timestamp, uploader };
}

const MEMBERS = ['version', 'mappings', 'default_role', 'union_roles'];

/** What a configuration of version 1.0 says; null when it is none. */
function readConfiguration(text: string): Pick<Sso, 'defaultRole' | 'roles'> | null {
  const config = readYaml(text);
  if (!isRecord(config) || config['version'] !== '1.0' || Object.keys(config).some((name) => !MEMBERS.includes(name))) return null;
  const { mappings, default_role: defaultRole } = config;
  if (!Array.isArray(mappings) || typeof defaultRole !== 'string') return null;
  const mapped = mappings.map((mapping: Json) =>
    isRecord(mapping) && (isRecord(mapping['schema']) || typeof mapping['schema'] === 'boolean') ? namesIn(mapping['roles']) : null,
  );
  const names = mapped.filter((each) => each !== null);
  return names.length < mapped.length ? null : { defaultRole, roles: [defaultRole, ...names.flat()] };
}

function namesIn(roles: Json | undefined): readonly string[] | null {
  if (!Array.isArray(roles) || roles.length === 0) return null;
  const names = roles.filter((role) => typeof role === 'string');
  return names.length === roles.length ? names : null;
}

function isRecord(value: Json | undefined): value is { readonly [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
