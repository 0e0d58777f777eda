/** D-03: the tag was pushed again and the tasks still run the old digest; or App Runner's last successful deployment is older than the image. */
import type { Aws } from '../../backends/wire/aws.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { type ApprunnerService, apprunnerServiceOf, operationsOn } from './apprunner-facts.ts';
import { askable, deployedImages } from './deployed-image.ts';
import { type EcsService, tasksOf } from './ecs-facts.ts';
import { findImage, pushedAt } from './image-facts.ts';
import { instantOf, stateThat } from './state-that.ts';

type Asked = Parameters<typeof findImage>[1];

export default resourceCheck<'services', Resource<'services'>>({
  title: 'what runs is what its tag means now',
  level: 'must',
  incidents: ['D-03'],
  of: 'services',
  async ask({ resource, aws, door, target }) {
    const asked = { aws, door, target };
    return resource.kind === 'ecs' ? statesOfTasks(resource, asked) : [await stateOfDeployment(resource, asked, aws)];
  },
});

async function statesOfTasks(resource: EcsService, asked: Asked): Promise<readonly Statement[]> {
  const { images, where } = await deployedImages({ resource, ...asked });
  const tasks = await tasksOf(asked.aws, resource, 'RUNNING');
  if (tasks.length === 0) throw new CheckBroken(`${where}: expected a running task, got none; stack/ecs-service-is-steady says why`);
  const statements: Statement[] = [];
  for (const uri of askable(images, asked.door, where)) {
    const pushed = await findImage(uri, asked);
    if (pushed === null) throw new CheckBroken(`image ${uri} of ${where}: expected it in its registry, got none`);
    for (const { taskArn = '', startedAt, containers = [] } of tasks)
      for (const { name, image, imageDigest } of containers) {
        if (image !== uri || imageDigest === undefined) continue;
        statements.push(
          stateThat(pushed.digests.includes(imageDigest), {
            what: `digest of container ${name} of task ${taskArn.split('/').at(-1)} of service ${resource.name}`,
            expected: pushed.digest,
            got: imageDigest,
            ...instantOf(startedAt),
            mend: `force a new deployment of ${resource.name}`,
          }),
        );
      }
  }
  if (statements.length === 0)
    throw new CheckBroken(
      `${where}: expected running containers of ${images.join(', ')} with a digest, got none; stack/service-is-the-release and stack/ecs-service-is-steady say more`,
    );
  return statements;
}

async function stateOfDeployment(resource: ApprunnerService, asked: Asked, aws: Aws): Promise<Statement> {
  const service = await apprunnerServiceOf(aws, asked.door, resource);
  const { images } = await deployedImages({ resource, ...asked });
  const uri = images[0] ?? '';
  const pushed = await pushedAt(uri, asked);
  const deployed = (await operationsOn(aws, service)).find(
    ({ Type, Status }) => Status === 'SUCCEEDED' && /^(CREATE_SERVICE|START_DEPLOYMENT|UPDATE_SERVICE)$/.test(Type ?? ''),
  );
  // The image is fetched after the operation starts; one that was pushed later may or may not be in it.
  const at = deployed?.StartedAt;
  return stateThat(at !== undefined && at >= pushed, {
    what: `last successful deployment of service ${service.ServiceName}`,
    expected: `one since ${uri} was pushed at ${pushed.toISOString()}`,
    got: at === undefined ? 'none' : `${deployed?.Type} at ${at.toISOString()}`,
    ...instantOf(pushed),
    mend: `start a deployment of ${service.ServiceName}`,
  });
}
