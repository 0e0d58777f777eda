/** `crosscheck contract …`: what has to do with the GraphQL contract; each command a module of its own, loaded only when asked for. */
import { Command } from 'commander';

const commands: Readonly<Record<string, () => Promise<{ command(): Command }>>> = {
  coverage: () => import('./contract/coverage.ts'),
  diff: () => import('./contract/diff.ts'),
  proxy: () => import('./contract/proxy.ts'),
};
const asked = commands[process.argv[3] ?? ''];
const loaded = await Promise.all((asked === undefined ? Object.values(commands) : [asked]).map((load) => load()));

export function command(): Command {
  const contract = new Command('contract').description('GraphQL documents and exchanges against the live schema');
  for (const { command } of loaded) contract.addCommand(command().exitOverride());
  return contract;
}
