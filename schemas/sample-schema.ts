/** A small schema with the Platform's shapes, for the tests of the engine. */
import { contractFromSdl } from './load-contract.ts';

const sampleSdl = `
scalar Json
scalar Datetime
enum Level { READ READ_WRITE OLD @deprecated(reason: "use READ") }
type InputError { path: String  message: String!  name: String! }
type InvalidInput { errors: [InputError!]! }
type OperationError { message: String!  name: String! }
type Ok { _: Boolean }
type PermissionGrant { bucket: String!  level: Level! }
type Policy { id: ID!  title: String!  arn: String!  managed: Boolean!  permissions: [PermissionGrant!]!  rank: Int  weight: Float  extra: Json  nickname: String @deprecated(reason: "use title") }
type User { name: String!  email: String!  roles: [Role!]!  since: Datetime! }
interface Role { id: ID!  name: String! }
type ManagedRole implements Role { id: ID!  name: String!  policies: [Policy!]! }
type UnmanagedRole implements Role { id: ID!  name: String!  arn: String! }
union PolicyResult = Policy | InvalidInput | OperationError
union UserResult = User | InvalidInput | OperationError
input PermissionInput { bucket: String!  level: Level! }
input ManagedPolicyInput { title: String!  permissions: [PermissionInput!]!  roles: [ID!]!  note: String @deprecated(reason: "lost") }
input UserInput { name: String!  email: String!  age: Int }
input Choice @oneOf { id: ID  name: String }
type UserAdminQueries { list: [User!]!  get(name: String!): User }
type AdminQueries { user: UserAdminQueries! }
type MutateUserAdminMutations { delete: Ok  setEmail(email: String!): UserResult! }
type UserAdminMutations { create(input: UserInput!): UserResult!  mutate(name: String!): MutateUserAdminMutations }
type AdminMutations { user: UserAdminMutations! }
type Query { policies: [Policy!]!  policy(id: ID!): Policy  role(by: Choice!): Role  roles: [Role!]!  me: User  admin: AdminQueries! }
type Mutation { policyCreateManaged(input: ManagedPolicyInput!): PolicyResult!  admin: AdminMutations! }
`;

/** The contract made of it. */
export const sampleContract = contractFromSdl(sampleSdl, 'sample.graphql');
