/** The rows of the administration of users, brought about in the model. */
import type { Bench, Params } from './model-bench.ts';
import { adminCases, type RowCase, type Setups } from './row-case.ts';

interface User {
  readonly name: string;
  readonly email: string;
  readonly isAdmin: boolean;
  readonly isActive: boolean;
  readonly dateJoined: string;
  readonly lastLogin: string;
  readonly role: string | null;
  readonly extraRoles: readonly string[];
}

const SSO = JSON.stringify({ version: '1.0', mappings: [], default_role: 'DataReaders' });
const setSso = (bench: Bench) => bench.run('admin.sso.set', { config: SSO });

const given = (params: Params, holds?: RowCase['holds']) => (): RowCase => ({ params, ...(holds && { holds }) });
const afterSso =
  (params: Params) =>
  async (bench: Bench): Promise<RowCase> => {
    await setSso(bench);
    return { params };
  };
const roles = (user: User) => [user.role, ...user.extraRoles].join();
const DECIDED = 'roles of the user come from the single sign-on configuration';
const LAST = 'user is the last administrator who can sign in';

/** Rows of every operation on one user. */
const ofUser = (params: Params): Setups => ({
  ...adminCases(() => params),
  'name is blank': given({ ...params, name: ' ' }),
  'user does not exist': given({ ...params, name: 'nobody_here' }),
});

const ann = { name: 'ann', email: 'ann@example.com', role: 'DataReaders' };

export const userCases: Readonly<Record<string, Setups>> = {
  'admin.users.list': {
    ...adminCases(() => ({})),
    any: given(
      {},
      (users: readonly User[]) => users.map(({ name, lastLogin }) => `${name}${lastLogin}`).join() === 'admin@0,user@0,sso_user@0',
    ),
  },
  'admin.users.get': {
    ...ofUser({ name: 'user' }),
    'user exists': given({ name: 'user' }, (user: User) => user.email === 'user@example.com' && roles(user) === 'DataEditors,DataReaders'),
  },
  'admin.users.create': {
    ...adminCases(() => ann),
    'name is blank': given({ ...ann, name: '' }),
    'email is blank': given({ ...ann, email: ' ' }),
    'role is blank': given({ ...ann, role: '' }),
    'name has another form than a letter or _ and then letters, digits or _': given({ ...ann, name: 'a b' }),
    'name is taken': given({ ...ann, name: 'user' }),
    'email is no address': given({ ...ann, email: 'ann' }),
    'email is taken, capitals alike': given({ ...ann, email: 'USER@example.com' }),
    'role does not exist': given({ ...ann, role: 'None' }),
    'an extra role does not exist': given({ ...ann, extraRoles: ['None'] }),
    'all is well': given(
      { ...ann, extraRoles: ['DataEditors'] },
      (user: User) => user.dateJoined === '@1' && !user.isAdmin && roles(user) === 'DataReaders,DataEditors',
    ),
  },
  'admin.users.delete': {
    ...ofUser({ name: 'user' }),
    'user is the caller': given({ name: 'admin' }),
    [LAST]: 'only another administrator could ask for it, and then it is not the last',
    'user set the single sign-on configuration in force': async (bench) => {
      await setSso(bench);
      await bench.run('admin.users.setAdmin', { name: 'user', admin: true });
      return { params: { name: 'admin' }, settings: bench.tenant.settingsOf('user') };
    },
    'user exists': given(
      { name: 'user' },
      async (_: never, bench) => 'error' in (await bench.see('listBuckets', {}, bench.tenant.settingsOf('user'))),
    ),
  },
  'admin.users.setEmail': {
    ...ofUser({ name: 'user', email: 'new@example.com' }),
    'email is blank': given({ name: 'user', email: '' }),
    'email is no address': given({ name: 'user', email: 'a@b' }),
    'email is taken by another user, capitals alike': given({ name: 'user', email: 'Admin@example.com' }),
    'all is well': given({ name: 'user', email: 'User@example.com' }, (user: User) => user.email === 'User@example.com'),
  },
  'admin.users.setRole': {
    ...ofUser({ name: 'user', role: 'DataReaders' }),
    'role is blank': given({ name: 'user', role: '' }),
    [DECIDED]: afterSso({ name: 'sso_user', role: 'DataEditors' }),
    'role does not exist': given({ name: 'user', role: 'None' }),
    'an extra role does not exist': given({ name: 'user', role: 'DataReaders', extraRoles: ['None'] }),
    'append is false or not given': given({ name: 'user', role: 'DataReaders' }, (user: User) => roles(user) === 'DataReaders'),
    'append is true': given(
      { name: 'user', role: 'ReadQuiltBucket', append: true },
      (user: User) => roles(user) === 'ReadQuiltBucket,DataEditors,DataReaders',
    ),
  },
  'admin.users.addRoles': {
    ...ofUser({ name: 'user', roles: ['ReadQuiltBucket'] }),
    'roles is empty': given({ name: 'user', roles: [] }),
    [DECIDED]: afterSso({ name: 'sso_user', roles: ['DataEditors'] }),
    'a role does not exist': given({ name: 'user', roles: ['None'] }),
    'all is well': given(
      { name: 'user', roles: ['ReadQuiltBucket', 'DataReaders'] },
      (user: User) => roles(user) === 'DataEditors,DataReaders,ReadQuiltBucket',
    ),
  },
  'admin.users.removeRoles': {
    ...ofUser({ name: 'user', roles: ['DataReaders'] }),
    'roles is empty': given({ name: 'user', roles: [] }),
    [DECIDED]: afterSso({ name: 'sso_user', roles: ['DataReaders'] }),
    'a role does not exist': given({ name: 'user', roles: ['None'] }),
    'fallback does not exist': given({ name: 'user', roles: ['DataReaders'], fallback: 'None' }),
    'the active role stays': given(
      { name: 'user', roles: ['DataReaders', 'ReadQuiltBucket'] },
      (user: User) => roles(user) === 'DataEditors',
    ),
    'fallback is itself removed': given({ name: 'user', roles: ['DataEditors'], fallback: 'DataEditors' }),
    'the active role goes and fallback is given': given(
      { name: 'user', roles: ['DataEditors'], fallback: 'ReadQuiltBucket' },
      (user: User) => roles(user) === 'ReadQuiltBucket,DataReaders',
    ),
    'the active role goes and another is left': given(
      { name: 'user', roles: ['DataEditors'] },
      (user: User) => roles(user) === 'DataReaders',
    ),
    'no role would be left': given({ name: 'user', roles: ['DataEditors', 'DataReaders'] }),
  },
  'admin.users.setAdmin': {
    ...ofUser({ name: 'user', admin: true }),
    'administration of the user comes from the single sign-on configuration': afterSso({ name: 'sso_user', admin: true }),
    [LAST]: given({ name: 'admin', admin: false }),
    'all is well': given({ name: 'user', admin: true }, (user: User) => user.isAdmin),
  },
  'admin.users.setActive': {
    ...ofUser({ name: 'user', active: false }),
    [LAST]: given({ name: 'admin', active: false }),
    'all is well': given(
      { name: 'user', active: false },
      async (user: User, bench) => !user.isActive && 'error' in (await bench.see('authStatus', {}, bench.tenant.settingsOf('user'))),
    ),
  },
  'admin.users.resetPassword': {
    ...ofUser({ name: 'user' }),
    'user signs in by single sign-on alone': given({ name: 'sso_user' }),
    'user exists': given({ name: 'user' }),
  },
};
