/** D-05: an App Runner service without the start command that it needs. */
import { resourceCheck } from '../case/resource-check.ts';
import { type ApprunnerService, apprunnerServiceOf } from './apprunner-facts.ts';

export default resourceCheck<'services', ApprunnerService>({
  title: 'the service starts by the command that it needs',
  level: 'must',
  incidents: ['D-05'],
  of: 'services',
  when: {
    of: 'of kind apprunner with a start command',
    is: (service) => service.kind === 'apprunner' && service.startCommand !== undefined,
  },
  async ask({ resource, aws, door }) {
    const service = await apprunnerServiceOf(aws, door, resource);
    const { StartCommand } = service.SourceConfiguration?.ImageRepository?.ImageConfiguration ?? {};
    const mend = `set the start command of ${service.ServiceName} and deploy`;
    return [
      { what: `start command of service ${service.ServiceName}`, expected: resource.startCommand ?? '', got: StartCommand ?? 'none', mend },
    ];
  },
});
