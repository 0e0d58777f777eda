/** The backend `quilt3`: packages straight on S3, and the registry for sign-in, search and administration, as the published quilt3 does it. */
import type { Backend } from '../backend.ts';
import { type OperationName, operationNames } from '../operations.ts';
import type { Operations, SupportTable } from '../quilt-ops.ts';
import { account } from './account.ts';
import { awsKeys } from './aws-keys.ts';
import type { Call, Topic } from './call.ts';
import { catalog } from './catalog.ts';
import { packagesLook } from './packages-look.ts';
import { packagesRead } from './packages-read.ts';
import { packagesWrite } from './packages-write.ts';
import { policies } from './policies.ts';
import { roles } from './roles.ts';
import { search } from './search.ts';
import { Quilt3Session } from './session.ts';
import { sso } from './sso.ts';
import { stackBuckets } from './stack-buckets.ts';
import { tabulator } from './tabulator.ts';
import { users } from './users.ts';

/** Every operation with the documents that it may send; those of S3 send none. */
export const implementations: Topic<OperationName> = {
  ...account,
  ...catalog,
  ...awsKeys,
  ...packagesRead,
  ...packagesLook,
  ...packagesWrite,
  ...search,
  ...users,
  ...roles,
  ...policies,
  ...sso,
  ...stackBuckets,
  ...tabulator,
};

const supports: SupportTable = {
  ...(Object.fromEntries(operationNames.map((name) => [name, true])) as Record<OperationName, true>),
  'createRevision.copy:true': true,
  'createRevision.files': true,
  'updateRevision.copy:true': true,
  'updateRevision.files': true,
  'answer:withheld': true,
  'registry:prefix': { no: 'quilt3 pushes to a whole bucket' },
};

export const quilt3: Backend = {
  name: 'quilt3',
  subject: 'ours',
  supports,
  async open(settings, door) {
    const session = new Quilt3Session(settings, door);
    const operations = Object.fromEntries(operationNames.map((name) => [name, runner(session, name)])) as unknown as Operations;
    return {
      operations,
      async [Symbol.asyncDispose]() {
        session[Symbol.dispose]();
      },
    };
  },
};

/** Carries an operation out; the exchanges that it makes are recorded under its name. */
function runner(session: Quilt3Session, operation: OperationName) {
  const run = implementations[operation].run as (call: Call, params: unknown) => Promise<unknown>;
  return (params: unknown) => session.door.during(operation, () => run({ operation, session }, params));
}
