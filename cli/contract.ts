/** `crosscheck contract`: what stands in source, and what a schema says, without a run. Each subcommand is a module of its own, loaded only when asked for. */
import { Command } from 'commander';

const commands: Readonly<Record<string, () => Promise<{ command(): Command }>>> = {
  scan: () => import('./contract/scan.ts'),
  pull: () => import('./contract/pull.ts'),
};
const asked = commands[process.argv[3] ?? ''];
const subcommands = await Promise.all((asked === undefined ? Object.values(commands) : [asked]).map((load) => load()));

export function command(): Command {
  const contract = new Command('contract').description('GraphQL in source against the schema: scan, and pull the schema');
  for (const subcommand of subcommands) contract.addCommand(subcommand.command().exitOverride());
  return contract;
}
