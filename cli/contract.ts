/** `crosscheck contract`: what stands in source, and what a schema says, without a run. Each subcommand is a module of its own, loaded only when asked for. */
import { Command } from 'commander';

const commands: Readonly<Record<string, () => Promise<{ command(): Command }>>> = {
  scan: () => import('./contract/scan.ts'),
  pull: () => import('./contract/pull.ts'),
  diff: () => import('./contract/diff.ts'),
  coverage: () => import('./contract/coverage.ts'),
  proxy: () => import('./contract/proxy.ts'),
};
const asked = commands[process.argv[3] ?? ''];
// The help of the whole names no subcommands.
const needed = process.argv[2] !== 'contract' ? [] : asked === undefined ? Object.values(commands) : [asked];
const subcommands = await Promise.all(needed.map((load) => load()));

export function command(): Command {
  const contract = new Command('contract').description('GraphQL documents and exchanges against the live schema');
  for (const subcommand of subcommands) contract.addCommand(subcommand.command().exitOverride());
  return contract.addHelpText('after', '\nExample:\n  npx crosscheck contract scan src --schema schema.graphql\n');
}
