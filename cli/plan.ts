/** `crosscheck plan`: checks what is about to be deployed, before it is, and without a request. */
import { Command } from 'commander';
import type { Target } from '../fixtures/target.ts';
import { readTargetFile } from '../fixtures/target-file.ts';
import { checkPlan, exitOfPlan } from '../suites/plan/check-plan.ts';
import { type Expectations, NO_EXPECTATIONS } from '../suites/plan/expectations.ts';
import { UsageError } from './failure.ts';
import { jsonOption } from './options.ts';
import { renderPlan } from './plan/render-plan.ts';

export interface PlanOptions {
  readonly target?: string;
  readonly stage?: string;
  readonly platform?: string;
  readonly existingEndpoint: string[];
  readonly mode: string[];
  readonly json?: true;
}

const collect = (one: string, before: string[] = []): string[] => [...before, one];

export function command(): Command {
  return planCommand().action(async (paths: string[], options: PlanOptions) => {
    process.exitCode = await planOnce(paths, options, (text) => void process.stdout.write(text));
  });
}

/** `plan` without its action. */
export function planCommand(): Command {
  return new Command('plan')
    .description('check what is about to be deployed, before it is, without a request')
    .argument('<path...>', 'files and folders: what they are is told by their content')
    .option('--target <file>', 'target file with what is expected: stage, services, functions, images, vpcEndpoints')
    .option('--stage <name>', 'stage that it is for, in place of the target file’s; localhost is legal in dev')
    .option('--platform <os/architecture>', 'platform that runs the images, in place of the target file’s (default: linux/amd64)')
    .option('--existing-endpoint <vpc=service>', 'a VPC endpoint that is there already, repeated for several', collect, [])
    .option(
      '--mode <item=mode>',
      'how an item of a manifest is meant to be deployed: direct or bundle; * for all others; repeated',
      collect,
      [],
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Exit 1: an error. Exit 2: an input cannot be read, or there is none; the others are judged nonetheless. The rules stand in docs/plan-rules.md.

Examples:
  terraform show -json plan.tfplan > plan.json && npx crosscheck plan plan.json --target production.yaml
  npx crosscheck plan template.yaml image.tar --platform linux/amd64 --json
`,
    );
}

/** Checks the paths and writes the result; answers the exit code. Throws UsageError or TargetFileError. */
export async function planOnce(paths: readonly string[], options: PlanOptions, write: (text: string) => void): Promise<number> {
  const result = await checkPlan(paths, expectationsOf(options));
  if (options.json === true) write(`${JSON.stringify({ version: 1, ...result })}\n`);
  else
    write(
      renderPlan(result, {
        color: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
        width: process.stdout.columns ?? 160,
      }),
    );
  return exitOfPlan(result);
}

function expectationsOf(options: PlanOptions): Expectations {
  const target: Target | null = options.target === undefined ? null : readTargetFile(options.target, process.env, 'leave');
  const { services, functions, images, vpcEndpoints } = target?.deployment ?? { ...NO_EXPECTATIONS, vpcEndpoints: {} };
  if (options.platform !== undefined && !/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(options.platform))
    throw new UsageError(`--platform: expected os/architecture such as linux/amd64, got ${JSON.stringify(options.platform)}`);
  return {
    stage: options.stage ?? target?.stage ?? null,
    platform: options.platform ?? null,
    services,
    functions,
    images,
    endpoints: [
      ...Object.values(vpcEndpoints),
      ...options.existingEndpoint.map((text) => {
        const [, vpc, service] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
        if (vpc === undefined || service === undefined)
          throw new UsageError(
            `--existing-endpoint: expected VPC=SERVICE such as vpc-1=com.amazonaws.us-east-1.s3, got ${JSON.stringify(text)}`,
          );
        return { vpc, service, privateDns: !/\.(?:s3|dynamodb)$/.test(service) };
      }),
    ],
    modes: Object.fromEntries(
      options.mode.map((text) => {
        const [, item, mode] = /^([^=]+)=(direct|bundle)$/.exec(text) ?? [];
        if (item === undefined || mode === undefined)
          throw new UsageError(`--mode: expected ITEM=direct or ITEM=bundle, got ${JSON.stringify(text)}`);
        return [item, mode === 'direct' ? 'direct' : 'bundle'] as const;
      }),
    ),
  };
}
