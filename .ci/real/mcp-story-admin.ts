/** quilt-mcp: users, roles, single sign-on. */
import { READ, type Stage, type StoryCall, same } from './mcp-stage.ts';

const name = 'mcp_user';
const user = ({ truth }: Stage) => truth.admin.users.get({ name });
const rolesOf = async (stage: Stage) => {
  const { role, extraRoles } = (await user(stage)) as { role: unknown; extraRoles: readonly unknown[] };
  return [role, ...extraRoles].map((one) => (typeof one === 'object' && one !== null && 'name' in one ? one.name : one));
};

async function namesMatch(what: string, got: unknown, truth: Promise<readonly { readonly name: string }[]>): Promise<string[]> {
  const names = (list: unknown) => (Array.isArray(list) ? (list as { name?: unknown }[]).map((one) => String(one.name)).sort() : list);
  return same(what, names(got), names(await truth));
}

export const adminCalls: readonly StoryCall[] = [
  {
    id: 'admin-users',
    tool: 'get_resource',
    with: () => ({ uri: 'admin://users' }),
    effect: ({ data }, { truth }) => namesMatch('users', (data as { users?: unknown } | undefined)?.users, truth.admin.users.list()),
  },
  {
    id: 'admin-roles',
    tool: 'get_resource',
    with: () => ({ uri: 'admin://roles' }),
    effect: ({ data }, { truth }) => namesMatch('roles', (data as { roles?: unknown } | undefined)?.roles, truth.admin.roles.list()),
  },
  {
    id: 'admin-users-read',
    tool: READ,
    with: () => ({ uri: 'admin://users' }),
    effect: ({ users }, { truth }) => namesMatch('users', users, truth.admin.users.list()),
  },
  {
    id: 'admin-roles-read',
    tool: READ,
    with: () => ({ uri: 'admin://roles' }),
    effect: ({ roles }, { truth }) => namesMatch('roles', roles, truth.admin.roles.list()),
  },
  {
    id: 'user-create',
    tool: 'admin_user_create',
    with: () => ({ name, email: 'mcp@example.com', role: 'DataReaders' }),
    effect: async (_, stage) => [
      ...same('email', (await user(stage)).email, 'mcp@example.com'),
      ...same('roles', await rolesOf(stage), ['DataReaders']),
    ],
  },
  {
    id: 'user-create-again',
    tool: 'admin_user_create',
    with: () => ({ name, email: 'other@example.com', role: 'DataReaders' }),
    refuses: ['name'],
  },
  {
    id: 'user-get',
    tool: 'admin_user_get',
    with: () => ({ name }),
    effect: ({ user: got }) => same('email', (got as { email?: unknown } | undefined)?.email, 'mcp@example.com'),
  },
  {
    id: 'user-get-missing',
    tool: 'admin_user_get',
    with: () => ({ name: 'nobody' }),
    refuses: ['nobody'],
  },
  {
    id: 'user-set-email',
    tool: 'admin_user_set_email',
    with: () => ({ name, email: 'new@example.com' }),
    effect: async (_, stage) => same('email', (await user(stage)).email, 'new@example.com'),
  },
  {
    id: 'user-set-role',
    tool: 'admin_user_set_role',
    with: () => ({ name, role: 'DataEditors' }),
    effect: async (_, stage) => same('roles', await rolesOf(stage), ['DataEditors']),
  },
  {
    id: 'user-add-roles',
    tool: 'admin_user_add_roles',
    with: () => ({ name, roles: ['DataReaders'] }),
    effect: async (_, stage) => same('roles', await rolesOf(stage), ['DataEditors', 'DataReaders']),
  },
  {
    id: 'user-remove-roles',
    tool: 'admin_user_remove_roles',
    with: () => ({ name, roles: ['DataReaders'], fallback: 'DataEditors' }),
    effect: async (_, stage) => same('roles', await rolesOf(stage), ['DataEditors']),
  },
  {
    id: 'user-set-admin',
    tool: 'admin_user_set_admin',
    with: () => ({ name, admin: true }),
    effect: async (_, stage) => same('administrator', (await user(stage)).isAdmin, true),
  },
  {
    id: 'user-set-active',
    tool: 'admin_user_set_active',
    with: () => ({ name, active: false }),
    effect: async (_, stage) => same('active', (await user(stage)).isActive, false),
  },
  { id: 'user-reset-password', tool: 'admin_user_reset_password', with: () => ({ name }) },
  {
    id: 'user-delete',
    tool: 'admin_user_delete',
    with: () => ({ name }),
    effect: async (_, { truth }) =>
      same('users of that name', (await truth.admin.users.list()).filter((one) => one.name === name).length, 0),
  },
  {
    id: 'sso-set',
    tool: 'admin_sso_config_set',
    with: () => ({
      config: { version: '1.0', mappings: [{ schema: { type: 'object' }, roles: ['DataEditors'] }], default_role: 'DataReaders' },
    }),
    effect: async (_, { truth }) => ((await truth.admin.sso.get()) === null ? ['configuration: expected one, got none'] : []),
  },
  {
    id: 'sso-get',
    tool: 'get_resource',
    with: () => ({ uri: 'admin://config/sso' }),
    effect: ({ data }) =>
      JSON.stringify(data ?? null).includes('DataEditors')
        ? []
        : [`configuration: expected the one that was set, got ${JSON.stringify(data)}`],
  },
  {
    id: 'sso-read',
    tool: READ,
    with: () => ({ uri: 'admin://config/sso' }),
    effect: (answer) =>
      JSON.stringify(answer).includes('DataEditors') ? [] : [`configuration: expected the one that was set, got ${JSON.stringify(answer)}`],
  },
  {
    id: 'sso-remove',
    tool: 'admin_sso_config_remove',
    with: () => ({}),
    effect: async (_, { truth }) => same('configuration', await truth.admin.sso.get(), null),
  },
];
