/** A role as the registry shows it, and as the interface has it. */
import { z } from 'zod';
import type { Role } from '../values.ts';

export const permission = z.object({ level: z.enum(['READ', 'READ_WRITE']), bucket: z.object({ name: z.string() }) });

const managed = z.object({
  __typename: z.literal('ManagedRole'),
  id: z.string(),
  name: z.string(),
  arn: z.string(),
  policies: z.array(z.object({ id: z.string(), title: z.string() })),
  permissions: z.array(permission),
});
const unmanaged = z.object({ __typename: z.literal('UnmanagedRole'), id: z.string(), name: z.string(), arn: z.string() });

/** Member of the union `Role`. */
export const wholeRole = z.discriminatedUnion('__typename', [managed, unmanaged]);

export function viewPermission({ level, bucket }: z.infer<typeof permission>) {
  return { bucket: bucket.name, level };
}

/** An unmanaged role has neither policies nor permissions. */
export function viewRole(role: z.infer<typeof wholeRole>): Role {
  const isManaged = role.__typename === 'ManagedRole';
  return {
    id: role.id,
    name: role.name,
    arn: role.arn,
    managed: isManaged,
    policies: isManaged ? role.policies : [],
    permissions: isManaged ? role.permissions.map(viewPermission) : [],
  };
}
