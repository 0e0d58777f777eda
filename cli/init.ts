/** `crosscheck init --stack NAME`: writes a first target file from a live stack; AWS is only read. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { awsOrigins, createAws } from '../backends/wire/aws.ts';
import { openDoor } from '../backends/wire/open-door.ts';
import { deploymentSchema } from '../fixtures/target-schema.ts';
import { awsKeysOf } from '../suites/run/aws-keys.ts';
import { draftTarget } from '../suites/stack/draft-target.ts';
import { UsageError } from './failure.ts';
import { jsonOption } from './options.ts';

interface Options {
  readonly stack: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly out?: string;
  readonly json?: true;
}

const DEADLINE_MS = 20_000;
const BODY_LIMIT = 16 * 1024 * 1024;

export function command(): Command {
  return new Command('init')
    .description('write a first target file from a live CloudFormation stack')
    .requiredOption('--stack <name>', 'name or ARN of the stack')
    .option('--region <name>', 'region of the stack', process.env['AWS_REGION'] ?? 'us-east-1')
    .option('--endpoint <url>', 'one endpoint for every service of AWS; AWS itself without it')
    .option('--profile <name>', 'profile of the AWS configuration')
    .option('--out <file>', 'file to write, which must not be there yet; stdout without it')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  npx crosscheck init --stack shop --region eu-west-1 --out shop.yaml\n')
    .action(run);
}

async function run({ stack, region, endpoint, profile, out, json }: Options): Promise<void> {
  if (endpoint !== undefined && URL.parse(endpoint) === null)
    throw new UsageError(`--endpoint: expected a URL, got ${JSON.stringify(endpoint)}`);
  const place = { endpoint: endpoint ?? null, region };
  const deployment = deploymentSchema.parse({ aws: profile === undefined ? {} : { profile } });
  await using door = openDoor({ origins: awsOrigins(place), writes: 'never', deadlineMs: DEADLINE_MS, bodyLimit: BODY_LIMIT }, null);
  const aws = createAws(door, { ...place, keys: awsKeysOf({ deployment, secrets: {} }) });
  const draft = await draftTarget(aws, { stack, ...place, profile: profile ?? null }).catch((cause: unknown) => {
    const last = door.exchanges.at(-1)?.operation;
    const text = cause instanceof Error ? `${cause.name}: ${cause.message}`.replaceAll(/\s*\n\s*/g, ' ') : String(cause);
    throw new UsageError(`init: ${last === undefined ? '' : `${last}: `}${text}`, { cause });
  });
  const text = `# What stands in the stack ${stack}; say what is expected of each; fixtures/targets/target.schema.json has every key.\n${stringify(draft)}`;
  if (out !== undefined) write(out, text);
  if (json === true) process.stdout.write(`${JSON.stringify({ version: 1, target: draft, file: out ?? null })}\n`);
  else if (out === undefined) process.stdout.write(text);
  else process.stdout.write(`wrote ${out}; run it with: npx crosscheck run stack --target ${out}\n`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw new UsageError(`--out ${file}: expected a new file that can be written, got ${(cause as NodeJS.ErrnoException).code}`, { cause });
  }
}
