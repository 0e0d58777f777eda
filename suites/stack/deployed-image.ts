/** The images that a service is deployed with, and the platform that it runs them on. */
import type { Door } from '../../backends/wire/door.ts';
import { registryOrigin } from '../../backends/wire/image-reference.ts';
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken, type ResourceStage } from '../case/resource-check.ts';
import { told } from './answers.ts';
import { apprunnerServiceOf } from './apprunner-facts.ts';
import { ecsServiceOf, taskDefinitionOf } from './ecs-facts.ts';
import { imageOf } from './image-facts.ts';

export interface Deployed {
  readonly images: readonly string[];
  /** `linux/amd64`. */
  readonly platform: string;
  /** How messages call the service. */
  readonly where: string;
}

type Asked = Pick<ResourceStage<Resource<'services'>>, 'resource' | 'aws' | 'door' | 'target'>;

/** What the task definition or the App Runner service says. Throws CheckBroken where there is no service. */
export async function deployedImages({ resource, aws, door }: Asked): Promise<Deployed> {
  if (resource.kind === 'apprunner') {
    const service = await apprunnerServiceOf(aws, door, resource);
    const image = told(service.SourceConfiguration?.ImageRepository?.ImageIdentifier, `image of service ${service.ServiceName}`);
    // App Runner runs nothing else.
    return { images: [image], platform: 'linux/amd64', where: `service ${service.ServiceName}` };
  }
  const definition = await taskDefinitionOf(aws, door, await ecsServiceOf(aws, resource));
  const { cpuArchitecture = 'X86_64', operatingSystemFamily = 'LINUX' } = definition.runtimePlatform ?? {};
  const os = operatingSystemFamily === 'LINUX' ? 'linux' : 'windows';
  return {
    images: [...new Set((definition.containerDefinitions ?? []).map(({ image, name }) => told(image, `image of container ${name}`)))],
    platform: `${os}/${cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64'}`,
    where: `service ${resource.name} (task definition ${definition.family}:${definition.revision})`,
  };
}

/**
 * Those of the images whose registry the target lets be asked: an ECR, or that of an image which the target file names. Another's, as a side car's, is asked
 * when it stands below `images`. Throws CheckBroken where none is left.
 */
export function askable(images: readonly string[], { policy }: Door, where: string): readonly string[] {
  const left = images.filter((uri) => {
    const image = imageOf(uri);
    return image.ecr !== null || policy.origins.includes(registryOrigin(image));
  });
  if (left.length === 0)
    throw new CheckBroken(`${where}: expected an image whose registry the target names, got ${images.join(', ') || 'none'}`);
  return left;
}
