/** Which members of a result union are failures. A schema does not say it, so it goes by names, as people do. */
import type { GraphQLObjectType, GraphQLUnionType } from 'graphql';

/** Names of types that say that something did not work, in any schema. */
const FAILURE =
  /(Error|Errors|Exception|Failure|Failed|Invalid|NotFound|NotExist|NotExists|Denied|Forbidden|Unauthorized|Unauthenticated|Conflict|Exceeded|Unavailable|InsufficientPermissions)$|^(Invalid|Insufficient|Unauthorized|Forbidden|Failed|Unavailable)/;

/** Names that say that it did. */
const SUCCESS = /(Success|Succeeded|Payload)$|^(Ok|OK|Success)$/;

/** Fields that hold nothing: a type cannot be without a field. */
const PLACEHOLDER = /^_/;

/**
 * The failures of a result union, in the union's order: members whose names say so; and where one is named a success (`BucketAddSuccess`), every
 * member that is named neither a success nor an empty answer. None for a union that is no result, such as `PackageEntry`.
 */
export function failureMembers(union: GraphQLUnionType): readonly GraphQLObjectType[] {
  const members = union.getTypes();
  const succeeds = members.some(({ name }) => /Success$/.test(name));
  return members.filter(({ name }) => FAILURE.test(name) || (succeeds && !SUCCESS.test(name) && !/^Empty/.test(name)));
}

/** True for a type with a field that tells more than the type's name does. */
export const tellsMore = (type: GraphQLObjectType): boolean => Object.keys(type.getFields()).some((name) => !PLACEHOLDER.test(name));
