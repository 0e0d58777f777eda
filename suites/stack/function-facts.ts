/** What Lambda says of a function. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { orMissing } from './answers.ts';

/** A function at its alias, or null. Values of its environment stand in no record from then on. */
export async function findFunction(aws: Aws, door: Door, { name, alias }: Resource<'functions'>): Promise<FunctionConfiguration | null> {
  const lambda = await aws.client('lambda');
  const asked = { FunctionName: name, ...(alias !== undefined && { Qualifier: alias }) };
  const found = await orMissing(lambda.getFunctionConfiguration(asked), ['ResourceNotFoundException']);
  for (const value of Object.values(found?.Environment?.Variables ?? {})) door.learnSecret(value);
  if (found !== null && found.FunctionName === undefined)
    throw new CheckBroken(`function ${name}: expected its configuration, got an answer without it`);
  return found;
}

/** As `findFunction`; throws CheckBroken where there is none, which `function-is-the-release` says. */
export async function functionOf(aws: Aws, door: Door, resource: Resource<'functions'>): Promise<FunctionConfiguration> {
  const found = await findFunction(aws, door, resource);
  if (found === null)
    throw new CheckBroken(`function ${resource.name}: expected a function, got none; stack/function-is-the-release says so`);
  return found;
}
