/** D-10, D-31, by configuration: the connector that a service leaves by, and whether the internet may come in. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { type ApprunnerService, apprunnerServiceOf } from './apprunner-facts.ts';

export default resourceCheck<'services', ApprunnerService>({
  title: 'the service leaves by its VPC connector, and is open to whom it is meant for',
  level: 'must',
  incidents: ['D-10', 'D-31'],
  of: 'services',
  when: {
    of: 'of kind apprunner with a connector or ingress',
    is: (service) => service.kind === 'apprunner' && (service.vpcConnector !== undefined || service.ingress !== undefined),
  },
  async ask({ resource: { vpcConnector, ingress, ...resource }, aws, door }) {
    const service = await apprunnerServiceOf(aws, door, resource);
    const { EgressConfiguration: egress, IngressConfiguration: inward } = service.NetworkConfiguration ?? {};
    const where = `service ${service.ServiceName}`;
    const statements: Statement[] = [];
    if (vpcConnector !== undefined) {
      const got = egress?.EgressType === 'VPC' ? (egress.VpcConnectorArn ?? 'none') : 'the public internet';
      statements.push({ what: `VPC connector of ${where}`, expected: vpcConnector, got, mend: `set the connector of ${where}` });
    }
    if (ingress !== undefined)
      statements.push({
        what: `ingress of ${where}`,
        expected: ingress,
        got: inward?.IsPubliclyAccessible === false ? 'private' : 'public',
        mend: `make ${where} ${ingress}`,
      });
    return statements;
  },
});
