/** The embedded target for a check: a child of ours, with a fresh tenant, and our own backends on it. */
import { type QuiltOps, toQuiltOps } from '../../backends/quilt-ops.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import type { Tenant, TenantSpec, UpLine } from '../../fixtures/control.ts';
import { createControlClient } from '../../fixtures/control-client.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { originsOf, targetOfLine } from '../../fixtures/target.ts';
import { loadBackends } from '../../suites/run/backends.ts';
import { contractOf } from '../../suites/run/contract-of.ts';

/** A target that is up, and one tenant of it. */
export interface Embedded extends AsyncDisposable {
  /** The line of `up`, with the tenant's own places, keys and tokens. */
  readonly line: UpLine;
  readonly tenant: Tenant;
  /** One of our backends in the hands of a user of the tenant, the ordinary one unless said; every GraphQL exchange is judged, and a finding is an Error. */
  ours(name: 'quilt3' | 'platform', user?: 'user' | 'admin'): Promise<QuiltOps>;
}

/** Starts the target with `args` of `up`, its environment and a tenant in it; disposing ends it. */
export async function openEmbedded(
  args: readonly string[] = [],
  spec: TenantSpec = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Embedded> {
  const child = await startEmbeddedChild(args, env);
  const closing: AsyncDisposable[] = [child];
  try {
    const tenant = await createControlClient(child.line.controlUrl).newTenant(spec);
    const { registryUrl, graphqlUrl, catalogUrl, s3Endpoint, region, accessKeyId, secretAccessKey, tokens } = tenant;
    const [bucket = ''] = tenant.buckets;
    const line: UpLine = {
      ...child.line,
      registryUrl,
      graphqlUrl,
      catalogUrl,
      s3Endpoint,
      region,
      bucket,
      accessKeyId,
      secretAccessKey,
      tokens,
    };
    const target = targetOfLine(line);
    return {
      line,
      tenant,
      async ours(name, user = 'user') {
        const { contract } = await contractOf(target);
        const door = openDoor(
          { origins: originsOf(target), writes: 'namespace', deadlineMs: 20_000, bodyLimit: 64 * 1024 * 1024 },
          contract,
        );
        const [backend] = await loadBackends([name]);
        if (backend === undefined) throw new Error(`backend ${name}: expected one, got none`);
        const { operations, ...session } = await backend.open(
          {
            registryUrl,
            graphqlUrl,
            catalogUrl,
            s3Endpoint,
            region,
            accessKeyId,
            secretAccessKey,
            token: tokens[user],
            registry: `s3://${bucket}`,
          },
          door,
        );
        closing.push(door, session);
        return toQuiltOps(async (operation, params) => {
          const answer = await door.during(operation, () => operations[operation](params as never));
          const findings = door.exchanges.flatMap((exchange) => exchange.findings);
          if (findings.length > 0)
            throw new Error(`${name} ${operation}: expected exchanges that fit the schema, got ${JSON.stringify(findings)}`);
          return answer;
        });
      },
      async [Symbol.asyncDispose]() {
        for (const one of closing.reverse()) await one[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}
