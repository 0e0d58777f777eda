/** What a check of one resource of a deployment asks with: the resource with its stack's outputs put in, AWS, and a door to the origins that it names. */
import { type Aws, type AwsSettings, awsOrigins, createAws } from '../../backends/wire/aws.ts';
import type { Door, DoorPolicy } from '../../backends/wire/door.ts';
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { Sql, SqlPolicy } from '../../backends/wire/sql.ts';
import { type Resource, type ResourceKind, resourcesOf, type Target } from '../../fixtures/target.ts';
import { createRedactor } from '../../reports/redaction.ts';
import type { PlannedCase } from '../../reports/result.ts';
import type { ResourceCheck } from '../case/resource-check.ts';
import { CheckBroken, type Part } from '../case/resource-check.ts';
import type { HeldStage } from '../case/run-case.ts';
import { type StackOutputs, withOutputs } from '../case/stack-outputs.ts';
import { awsKeysOf } from './aws-keys.ts';
import { addressOf, type Parts } from './parts.ts';
import { originsOfResource, textsIn } from './resource-origins.ts';

export interface Resources {
  hold(planned: PlannedCase, suite: ResourceCheck): HeldStage;
}

export interface ResourceOptions {
  readonly outputs: StackOutputs;
  /** `writes` only for what the run itself started. */
  readonly openDoor: (origins: readonly string[], writes?: DoorPolicy['writes']) => Door;
  readonly parts: Parts;
  readonly scratchPrefix: string;
}

/** Stages of the resources of a target. What stacks put out is asked once a process. */
export function createResources(target: Target, { outputs, openDoor, parts, scratchPrefix }: ResourceOptions): Resources {
  const { aws: place } = target.deployment;
  const keys = awsKeysOf(target);
  const settings: AwsSettings = { endpoint: place?.endpoint ?? null, region: target.region, keys };
  return {
    hold(planned, { of: kind }) {
      const doors = new Set<Door>();
      const redactor = createRedactor();
      for (const secret of Object.values(target.secrets)) redactor.learn(secret);
      // What the target file itself says of the resource is no secret, whoever keeps the same value as one.
      const said = new Set<string>();
      const sessions: Sql[] = [];
      const statements: Exchange[] = [];
      const open = (origins: readonly string[]): { door: Door; aws: Aws } => {
        const wire = openDoor([...awsOrigins(settings), ...origins]);
        // What the wire learns on the way must not stand in the case's own words either.
        const door: Door = {
          ...wire,
          get exchanges() {
            return wire.exchanges;
          },
          learnSecret(value) {
            if (!said.has(value)) redactor.learn(value);
            wire.learnSecret(value);
          },
        };
        for (const secret of Object.values(target.secrets)) door.learnSecret(secret);
        doors.add(door);
        return { door, aws: createAws(door, settings) };
      };
      const label = planned.parameters[kind] ?? '';
      return {
        async stage() {
          // Whoever uses what another case asked answers for the call too, so that each case's calls are all that it depends on.
          const outputsOf = (stack: string) =>
            outputs.of(
              stack,
              () => open([]),
              (door) => doors.add(door),
            );
          const find = async <K extends ResourceKind>(of: K, name: string): Promise<Resource<K>> => {
            const resource = resourcesOf(target.deployment, of)[name];
            if (resource === undefined)
              throw new CheckBroken(`${of}.${name}: expected a resource of the target file, got none of that label`);
            return withOutputs(resource, outputsOf);
          };
          const resource = await find(kind, label);
          for (const text of textsIn(resource)) said.add(text);
          const { door, aws } = open(await originsOfResource(kind, label, resource, outputsOf));
          // The type of a stage goes by its check's kind, which only the suite file knows.
          const stage = {
            target,
            label,
            resource,
            aws,
            door,
            secret: (key: string) => target.secrets[`${kind}.${label}.${key}`] ?? null,
            part: (name: Part) => addressOf(parts, name),
            async openSql(url: string, asked: Pick<SqlPolicy, 'allows' | 'deadlineMs'>) {
              // PostgreSQL's own parser takes 50 ms to read, and most processes need none.
              const { openSql } = await import('../../backends/wire/postgres.ts');
              const secrets = Object.values(target.secrets);
              const session = await openSql(url, { ...asked, secrets, record: (exchange) => statements.push(exchange) });
              sessions.push(session);
              return session;
            },
            scratchPrefix,
            doorTo(origin: string) {
              const own = openDoor([origin], 'namespace');
              doors.add(own);
              return own;
            },
            other: find,
          };
          return stage as never;
        },
        exchanges: () =>
          [...[...doors].flatMap((door) => door.exchanges), ...statements].map((exchange, index) => ({ ...exchange, id: index + 1 })),
        redact: (text) => redactor.text(text),
        async [Symbol.asyncDispose]() {
          for (const one of [...sessions, ...doors]) await one[Symbol.asyncDispose]();
        },
      };
    },
  };
}
