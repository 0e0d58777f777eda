/** P-28: an ordinary token administers nothing. */
import { scenario } from '../case/scenario.ts';
import { administratorOperations, axisValue, callAdministration } from './administration-calls.ts';

export default scenario({
  title: 'an operation of administration with the token of an ordinary user is a PermissionError',
  level: 'must',
  incidents: ['P-28'],
  tags: ['administration'],
  needs: administratorOperations,
  requires: ['own-registry'],
  as: 'user',
  axes: { operation: administratorOperations.map(axisValue) },
  async run({ ops, world, at, attempt }) {
    await attempt(callAdministration(ops, at['operation'], world.bucket()));
  },
});
