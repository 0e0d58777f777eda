/** D-33: the run asks the account, region and stage that the target says it is. */
import { resourceCheck } from '../case/resource-check.ts';
import { stateAccount } from './account-facts.ts';

export default resourceCheck({
  title: 'the caller and every stack are in the account, region and stage that the target names',
  level: 'must',
  incidents: ['D-33'],
  of: 'aws',
  ask: ({ target, aws }) => stateAccount(target, aws),
});
