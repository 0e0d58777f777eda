/** What App Runner says of a service and of the operations on it. */
import type { OperationSummary, Service } from '@aws-sdk/client-apprunner';
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';

export type ApprunnerService = Extract<Resource<'services'>, { kind: 'apprunner' }>;

/** What checks of such services are for. */
export const apprunnerServices = { of: 'of kind apprunner', is: ({ kind }: Resource<'services'>): boolean => kind === 'apprunner' };

/** A service by ARN or name, or null. Values of its environment stand in no record from then on. */
export async function findApprunnerService(aws: Aws, door: Door, { arn }: ApprunnerService): Promise<Service | null> {
  const apprunner = await aws.client('apprunner');
  const ServiceArn = arn.startsWith('arn:') ? arn : await arnOfName(aws, arn);
  if (ServiceArn === null) return null;
  const answer = await orMissing(apprunner.describeService({ ServiceArn }), ['ResourceNotFoundException']);
  if (answer === null) return null;
  const service = told(answer.Service, `service ${arn}`);
  for (const value of Object.values(service.SourceConfiguration?.ImageRepository?.ImageConfiguration?.RuntimeEnvironmentVariables ?? {}))
    door.learnSecret(value);
  return service;
}

/** As `findApprunnerService`; throws CheckBroken where there is none, which `apprunner-service-runs` says. */
export async function apprunnerServiceOf(aws: Aws, door: Door, resource: ApprunnerService): Promise<Service> {
  const service = await findApprunnerService(aws, door, resource);
  if (service === null)
    throw new CheckBroken(`service ${resource.arn}: expected a service, got none; stack/apprunner-service-runs says so`);
  return service;
}

async function arnOfName(aws: Aws, name: string): Promise<string | null> {
  const apprunner = await aws.client('apprunner');
  let NextToken: string | undefined;
  do {
    const page = await apprunner.listServices({ NextToken });
    const found = told(page.ServiceSummaryList, 'services of App Runner').find(({ ServiceName }) => ServiceName === name);
    if (found?.ServiceArn !== undefined) return found.ServiceArn;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return null;
}

/** Operations on a service, newest first; the first page, which holds the last ones. */
export async function operationsOn(aws: Aws, { ServiceArn }: Service): Promise<readonly OperationSummary[]> {
  const apprunner = await aws.client('apprunner');
  const { OperationSummaryList } = await apprunner.listOperations({ ServiceArn });
  return told(OperationSummaryList, `operations on ${ServiceArn}`);
}
