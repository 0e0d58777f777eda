/** `crosscheck contract proxy` between the published quilt-mcp and the registry: the client notices nothing, and every exchange is recorded and judged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedExchange } from '../../backends/wire/proxy/record-exchange.ts';
import { type ProxyChild, startContractProxy } from '../../fixtures/contract-proxy-child.ts';
import { failOn, type RealCheck } from './check.ts';
import { judgeTold } from './mcp-findings.ts';
import type { SeenGraphql } from './origin-proxy.ts';
import type { Pythons } from './python.ts';
import { tellStory } from './quilt-mcp.ts';

/** The story of the remote mode once more, by way of the proxy; a bystander behind it tells what reached the registry. */
export const mcpThroughProxy = (pythons: Pythons): RealCheck => ({
  name: 'quilt-mcp 0.20.0: remote mode through contract proxy',
  async run(room) {
    const record = join(room.dir, 'seen');
    let proxy: ProxyChild | null = null;
    let end: Awaited<ReturnType<ProxyChild['end']>> | null = null;
    const { told, early } = await tellStory(pythons, 'remote', room, async (registryUrl, token) => {
      const args = ['--to', registryUrl, '--token-env', 'REGISTRY_TOKEN', '--record', record, '--har', join(record, 'seen.har'), '--json'];
      const child = startContractProxy(args, { REGISTRY_TOKEN: token });
      proxy = child;
      return {
        url: await child.url,
        async [Symbol.asyncDispose]() {
          end = await child.end();
        },
      };
    });
    if (proxy === null || end === null) throw new Error('contract proxy: expected it to have run, got none');
    const { summary, code, stderr } = end as Awaited<ReturnType<ProxyChild['end']>>;
    const lines = readFileSync(join(record, 'exchanges.ndjson'), 'utf8').trimEnd().split('\n');
    const recorded = lines.map((line) => JSON.parse(line) as RecordedExchange).filter(({ protocol }) => protocol === 'graphql');
    // The proxy's own introspection comes first, before it listens.
    const clients = early.filter(({ document }) => !/^\s*query Introspection/.test(document));
    const seen = [...clients, ...told.flatMap(({ graphql }) => graphql)];
    const { wrong } = judgeTold('remote', told);
    const violations = seen.filter(({ findings }) => findings.length > 0).length;
    failOn([
      ...wrong,
      ...differences(recorded, seen),
      ...(seen.length === 0 ? ['exchanges: expected some through the proxy, got none'] : []),
      ...(summary.documents === seen.length ? [] : [`judged documents: expected ${seen.length}, got ${summary.documents}`]),
      ...(Object.keys(summary.notJudged).length + summary.troubles.length + Object.keys(summary.broken).length === 0
        ? []
        : [`summary: expected all judged, got ${JSON.stringify(summary)}`]),
      ...(code === (violations > 0 ? 1 : 0) ? [] : [`exit: expected ${violations > 0 ? 1 : 0}, got ${code}: ${stderr}`]),
    ]);
    return {
      detail: `${told.length} calls as without it; ${recorded.length} exchanges recorded and judged, ${violations} of them with violations`,
    };
  },
});

/** What the proxy recorded beside what the bystander behind it saw, one by one in their order. */
function differences(recorded: readonly RecordedExchange[], seen: readonly SeenGraphql[]): readonly string[] {
  if (recorded.length !== seen.length) return [`recorded exchanges: expected ${seen.length}, got ${recorded.length}`];
  const order = [...recorded].sort((a, b) => a.startedAt - b.startedAt || a.id - b.id);
  return seen.flatMap(({ document, status, findings }, index) => {
    const one = order[index];
    const { query } = JSON.parse(one?.request.body ?? '{}') as { query?: string };
    const found = (one?.findings ?? []).filter(({ severity }) => severity === 'error').length;
    return [
      ...(query === document ? [] : [`exchange ${one?.id}: expected the document ${document}, got ${query}`]),
      ...(one?.response?.status === status ? [] : [`exchange ${one?.id}: expected ${status}, got ${one?.response?.status}`]),
      ...(found === findings.length
        ? []
        : [`exchange ${one?.id}: expected ${JSON.stringify(findings)}, got ${JSON.stringify(one?.findings)}`]),
    ];
  });
}
