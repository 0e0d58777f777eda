/** P-28, P-02: without a token nobody administers anything. */
import { scenario } from '../case/scenario.ts';
import { administrationOperations, axisValue, callAdministration } from './administration-calls.ts';

export default scenario({
  title: 'every operation of administration without a token is an AuthenticationError',
  level: 'must',
  incidents: ['P-28', 'P-02'],
  tags: ['administration'],
  needs: administrationOperations,
  requires: ['own-registry'],
  as: 'nobody',
  async run({ ops, world, attempt }) {
    for (const operation of administrationOperations) await attempt(callAdministration(ops, axisValue(operation), world.bucket()));
  },
});
