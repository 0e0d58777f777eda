/** The backend `platform`: undici and GraphQL with a token, past which it reads no package and needs no quilt3 (P-29). */
import { z } from 'zod';
import type { Backend } from '../backend.ts';
import { QuiltError } from '../errors.ts';
import { type OperationName, operationNames } from '../operations.ts';
import type { Operations, SupportTable } from '../quilt-ops.ts';
import { toQuiltError } from '../wire/graphql-errors.ts';
import { bucketsTopic } from './buckets.ts';
import type { Document } from './document.ts';
import { withoutS3 } from './new-entries.ts';
import type { Client, Topic, Variables } from './operation.ts';
import { packagesLook } from './packages-look.ts';
import { packagesRead } from './packages-read.ts';
import { packagesWrite } from './packages-write.ts';
import { policiesTopic } from './policies.ts';
import { rolesTopic } from './roles.ts';
import { search } from './search.ts';
import { sendGraphql } from './send-graphql.ts';
import { brokenAnswer, PlatformSession } from './session.ts';
import { ssoTopic } from './sso.ts';
import { stackTopic } from './stack.ts';
import { tabulatorTopic } from './tabulator.ts';
import { usersTopic } from './users.ts';

/** Every operation with the documents it sends. */
export const implementations: Topic<OperationName> = {
  ...stackTopic,
  ...bucketsTopic,
  ...packagesRead,
  ...packagesLook,
  ...packagesWrite,
  ...search,
  ...usersTopic,
  ...rolesTopic,
  ...policiesTopic,
  ...ssoTopic,
  ...tabulatorTopic,
};

const everyOperation = Object.fromEntries(operationNames.map((name) => [name, true])) as Record<OperationName, true>;

const supports: SupportTable = {
  ...everyOperation,
  'createRevision.copy:true': { no: withoutS3 },
  'createRevision.files': { no: withoutS3 },
  'updateRevision.copy:true': { no: withoutS3 },
  'updateRevision.files': { no: withoutS3 },
  'answer:withheld': true,
  'registry:prefix': { no: 'to the Platform a registry is a whole bucket' },
};

export const platform: Backend = {
  name: 'platform',
  subject: 'ours',
  supports,
  async open(settings, door) {
    const session = new PlatformSession(settings, door);
    const operations = Object.fromEntries(operationNames.map((name) => [name, runner(session, name)])) as unknown as Operations;
    return { operations, async [Symbol.asyncDispose]() {} };
  },
};

/** Carries an operation out in its own name, which the exchanges that it makes are recorded under. */
function runner(session: PlatformSession, operation: OperationName) {
  const run = implementations[operation].run as (client: Client, params: unknown) => Promise<unknown>;
  return (params: unknown) => session.door.during(operation, () => run(clientOf(session, operation), params ?? {}));
}

function clientOf(session: PlatformSession, operation: OperationName): Client {
  return {
    operation,
    session,
    async ask<X extends Document>({ source, name, data }: X, variables: Variables = {}) {
      const outcome = await sendGraphql(session, operation, { text: source.text, name }, variables);
      const error = toQuiltError(operation, outcome);
      if (error !== null) throw error;
      const read = data.safeParse(outcome.data);
      if (!read.success) throw brokenAnswer(operation, outcome.url, z.prettifyError(read.error));
      return read.data as z.output<X['data']>;
    },
    error: (name, message, detail) => new QuiltError(name, operation, message, detail),
  };
}
