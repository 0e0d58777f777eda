/** The published quilt-mcp, unchanged, in its legacy and its remote mode: each call completes with its effect, or is a finding that is written down. */

import { dirname, join } from 'node:path';
import { freePort } from '../../fixtures/free-port.ts';
import { targetOfLine } from '../../fixtures/target.ts';
import { contractOf } from '../../suites/run/contract-of.ts';
import { failOn, type RealCheck } from './check.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { type McpClient, startHttpServer, startStdioServer } from './mcp-client.ts';
import { judgeTold, type Told } from './mcp-findings.ts';
import { READ, type Stage, type StoryCall } from './mcp-stage.ts';
import { story } from './mcp-story.ts';
import { type OriginProxy, openOriginProxy, type SeenGraphql } from './origin-proxy.ts';
import { type Pythons, QUILT_MCP } from './python.ts';
import type { Room } from './room.ts';

/** How quilt-mcp is started. */
export type Mode = 'legacy' | 'remote';

/** The check of one mode. `keep` gets all that was seen. */
export const quiltMcp = (pythons: Pythons, mode: Mode, keep: (told: readonly Told[]) => void): RealCheck => ({
  name: `quilt-mcp 0.20.0: ${mode} mode`,
  async run(room) {
    const { told, tools } = await tellStory(pythons, mode, room);
    keep(told);
    const { wrong, known } = judgeTold(mode, told);
    failOn(wrong);
    return { detail: `${tools} tools; ${told.length} calls: ${told.length - known} complete, ${known} known findings` };
  },
});

/** Something more that is put before the registry, on the way that the server takes. */
export interface Interposed extends AsyncDisposable {
  /** Where the registry is reached by way of it. */
  readonly url: string;
}

/** Tells the whole story to a server of its own on a target of its own; `interpose` is given the registry's URL and an ordinary token. */
export async function tellStory(
  pythons: Pythons,
  mode: Mode,
  room: Room,
  interpose?: (registryUrl: string, token: string) => Promise<Interposed>,
): Promise<{ readonly told: readonly Told[]; readonly tools: number; readonly early: readonly SeenGraphql[] }> {
  const python = await pythons.with(QUILT_MCP, room);
  await using embedded = await openEmbedded([], { buckets: 2 });
  const { line } = embedded;
  const { contract } = await contractOf(targetOfLine(line));
  await using proxy = await openOriginProxy([line.registryUrl, line.graphqlUrl, line.catalogUrl], { contract });
  const registryUrl = proxy.via(line.registryUrl);
  await using before = interpose === undefined ? null : await interpose(registryUrl, line.tokens.user);
  await using client = await startServer(python, mode, room, embedded, proxy, before?.url ?? registryUrl);
  const early = proxy.takeSeen();
  const stage: Stage = {
    line,
    truth: await embedded.ours('quilt3', 'admin'),
    catalogUrl: proxy.via(line.catalogUrl),
    registry: `s3://${line.bucket}`,
    otherBucket: embedded.tenant.buckets[1] ?? '',
    hashes: [],
  };
  const told: Told[] = [];
  for (const call of story) {
    if (call.tool !== READ && !client.tools.some(({ name }) => name === call.tool)) {
      told.push({
        id: call.id,
        tool: call.tool,
        parameters: {},
        answer: null,
        graphql: [],
        wrong: [`tool ${call.tool}: expected it in tools/list, got none`],
      });
      continue;
    }
    await call.prepare?.(stage);
    const parameters = call.with(stage);
    const { isError, value } = call.tool === READ ? await client.read(String(parameters['uri'])) : await client.call(call.tool, parameters);
    const graphql = proxy.takeSeen();
    const effect = await effectOf(call, isError, value, stage);
    const wrong = [...effect, ...graphql.flatMap(({ findings }) => findings)];
    room.say(`   ${call.id}: ${wrong.length === 0 ? 'ok' : wrong.join('\n      ').slice(0, 1500)}\n`);
    told.push({ id: call.id, tool: call.tool, parameters, answer: value, graphql, wrong });
  }
  return { told, tools: client.tools.length, early };
}

/** What is wrong with the answer or the effect; an answer without what the effect needs is wrong too. */
async function effectOf(call: StoryCall, isError: boolean, value: unknown, stage: Stage): Promise<readonly string[]> {
  const answer = (typeof value === 'object' && value !== null ? value : { answer: value }) as Record<string, unknown>;
  const refused = isError || answer['success'] === false || typeof answer['error'] === 'string';
  const text = JSON.stringify(value).slice(0, 1_000);
  if (call.refuses !== undefined) {
    const missing = call.refuses.filter((one) => !text.includes(one));
    return refused && missing.length === 0 ? [] : [`answer: expected an error with ${JSON.stringify(call.refuses)}, got ${text}`];
  }
  if (refused) return [`answer: expected success, got ${text}`];
  try {
    return (await call.effect?.(answer, stage)) ?? [];
  } catch (error) {
    return [`effect: expected it, got ${error instanceof Error ? error.message : String(error)}; the answer was ${text}`];
  }
}

async function startServer(
  python: string,
  mode: Mode,
  room: Room,
  { line, tenant }: Embedded,
  proxy: OriginProxy,
  registryUrl: string,
): Promise<McpClient> {
  const command = [join(dirname(python), 'quilt-mcp'), '--deployment', mode, '--skip-banner'] as const;
  const env: Record<string, string> = {
    ...room.env,
    ...room.homeEnv,
    AWS_ENDPOINT_URL: line.s3Endpoint,
    AWS_REGION: line.region,
    AWS_DEFAULT_REGION: line.region,
  };
  if (mode === 'legacy') {
    const { code, stderr } = await room.run([python, new URL('quilt3_sign_in.py', import.meta.url).pathname], {
      input: `${JSON.stringify({ catalogUrl: proxy.via(line.catalogUrl), refreshToken: tenant.users.admin.refreshToken })}\n`,
      env: { ...room.homeEnv, AWS_ENDPOINT_URL: line.s3Endpoint },
      deadlineMs: 60_000,
    });
    if (code !== 0) throw new Error(`sign-in of quilt3: expected exit 0, got ${code}: ${stderr}`);
    return startStdioServer(command, env, room.dir);
  }
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const platform = {
    QUILT_CATALOG_URL: proxy.via(line.catalogUrl),
    QUILT_REGISTRY_URL: registryUrl,
    FASTMCP_HOST: '127.0.0.1',
    FASTMCP_PORT: String(port),
  };
  return startHttpServer(command, { ...env, ...platform }, room.dir, {
    url: `${origin}/mcp`,
    health: `${origin}/health`,
    token: line.tokens.admin,
  });
}
