/** What judging an exchange against the schema adds to it: the same requests through two doors of one process, in turns. */
import { documents } from '../backends/platform/document.ts';
import { createGraphql } from '../backends/wire/graphql.ts';
import { openDoor } from '../backends/wire/open-door.ts';
import { createTransport } from '../backends/wire/transport.ts';
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { originsOf, targetOfLine } from '../fixtures/target.ts';
import type { Contract } from '../schemas/contract.ts';
import { contractOf } from '../suites/run/contract-of.ts';
import { type Figure, figure, median } from './figure.ts';
import { constructPackage } from './sample-package.ts';

const ENTRIES = 1_000;
const WARM_UP = 50;

/** Figures for a small answer and for one of a thousand entries. */
export async function measureJudging(): Promise<readonly Figure[]> {
  await using child = await startEmbeddedChild();
  const target = targetOfLine(child.line);
  const { contract } = await contractOf(target);
  const revision = await constructPackage(child.line, ENTRIES);
  await using transport = createTransport();
  const ask = async (judgedBy: Contract | null, name: string, variables: Record<string, unknown>): Promise<number> => {
    // A door keeps every exchange, so each request has one of its own, as each client of a case has.
    const policy = { origins: originsOf(target), writes: 'never', deadlineMs: 10_000, bodyLimit: 64 * 1024 * 1024 } as const;
    await using door = openDoor(policy, judgedBy, { transport });
    const client = createGraphql(door, { url: child.line.graphqlUrl, token: () => child.line.tokens.user, client: 'bench', documents });
    const startedAt = performance.now();
    const { status, broken, findings } = await client.send({ text: documents.get(name).text, name }, variables);
    const took = performance.now() - startedAt;
    if (status !== 200 || broken !== null || findings.length > 0)
      throw new Error(`${name}: expected 200 without findings, got ${status}, ${broken ?? 'a response'}, ${findings.length} findings`);
    return took;
  };
  const compare = async (what: string, times: number, name: string, variables: Record<string, unknown>): Promise<readonly Figure[]> => {
    const judged: number[] = [];
    const bare: number[] = [];
    for (let n = -WARM_UP; n < times; n++) {
      // Which goes first changes, since the server's caches help whoever comes second.
      const first = n % 2 === 0;
      const took = [await ask(first ? contract : null, name, variables), await ask(first ? null : contract, name, variables)];
      if (n < 0) continue;
      judged.push(took[first ? 0 : 1] ?? Number.NaN);
      bare.push(took[first ? 1 : 0] ?? Number.NaN);
    }
    const added = median(judged.map((took, n) => took - (bare[n] ?? Number.NaN)));
    const how = `in turns with the peer, median of ${times}`;
    return [
      figure(`${what}, judged`, median(judged) * 1000, 'µs', how, { peer: { name: 'the same, not judged', value: median(bare) * 1000 } }),
      figure(`${what}, added by judging`, added * 1000, 'µs', `median of ${times} pairs`),
    ];
  };
  return [
    ...(await compare('exchange of me', 1_000, 'WhoAmI', {})),
    ...(await compare(`exchange of ${ENTRIES} entries`, 200, 'PackageContents', {
      bucket: child.line.bucket,
      ...revision,
      max: ENTRIES,
    })),
  ];
}
