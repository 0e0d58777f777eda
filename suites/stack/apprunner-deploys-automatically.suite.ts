/** D-06: automatic deployment is off where the release counts on it, or on where it must not be. */
import { resourceCheck } from '../case/resource-check.ts';
import { type ApprunnerService, apprunnerServiceOf } from './apprunner-facts.ts';

export default resourceCheck<'services', ApprunnerService>({
  title: 'automatic deployment is as the release counts on it',
  level: 'must',
  incidents: ['D-06'],
  of: 'services',
  when: {
    of: 'of kind apprunner that say automaticDeployment',
    is: (service) => service.kind === 'apprunner' && service.automaticDeployment !== undefined,
  },
  async ask({ resource, aws, door }) {
    const service = await apprunnerServiceOf(aws, door, resource);
    const word = (on: boolean | undefined) => (on === true ? 'on' : 'off');
    const mend = `switch automatic deployment of ${service.ServiceName} ${word(resource.automaticDeployment)}`;
    return [
      {
        what: `automatic deployment of service ${service.ServiceName}`,
        expected: word(resource.automaticDeployment),
        got: word(service.SourceConfiguration?.AutoDeploymentsEnabled),
        mend,
      },
    ];
  },
});
