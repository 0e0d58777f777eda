/**
 * What each operation must do, on each precondition, with the evidence. Normative: the oracle computes it, adapters do it, `list` and the docs
 * are made of it; a row is changed by evidence alone.
 *
 * Rules that hold everywhere:
 * - Checks come in this order: what the parameters alone tell (rows told by `client`, no request is made), who asks (401, then 403), the thing
 *   that is addressed (bucket, then package, then revision, then path; user, role, policy, table), then everything else.
 * - NotFoundError is about the thing that the operation addresses. A reference to something else that is not there (a role in `roles`, an object
 *   in `uris`, a bucket in `permissions`) is a ValidationError of that parameter.
 * - ConflictError is about state: the name is taken, the thing is in use, the last of its kind.
 * - Facts are what was asked for, as it was given, so that two clients that find out in different ways name the same. ValidationError has
 *   `field` and no other fact.
 */
import type { OperationName } from './operations.ts';
import type { Rows } from './outcomes/outcome.ts';
import { packagesRead } from './outcomes/packages-read.ts';
import { packagesWrite } from './outcomes/packages-write.ts';
import { rolesPolicies } from './outcomes/roles-policies.ts';
import { session } from './outcomes/session.ts';
import { stackSettings } from './outcomes/stack-settings.ts';
import { users } from './outcomes/users.ts';

export type { Outcome } from './outcomes/outcome.ts';
export { factsOf } from './outcomes/outcome.ts';
export { transport } from './outcomes/transport.ts';

const table = { ...session, ...packagesRead, ...packagesWrite, ...users, ...rolesPolicies, ...stackSettings };

/** Every operation's rows; a new operation does not compile until it has some. */
export const outcomes: Record<OperationName, Rows> = table;
