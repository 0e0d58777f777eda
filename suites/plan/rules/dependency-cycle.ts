/** D-11: resources that need each other cannot be made in any order. */
import { breach, planRule } from '../rule.ts';

export const dependencyCycleRule = planRule({
  id: 'dependency-cycle',
  incidents: ['D-11'],
  severity: 'error',
  title: 'no resource needs itself by way of others',
  documentation:
    'Backend and frontend that name each other’s URL are the usual case: neither can be made first. The way round is named, resource by resource. Legal: a third resource that needs both, and a rule or setting of its own that joins two resources afterwards.',
  of: 'infrastructure',
  *ask({ cycles }) {
    for (const { path, place } of cycles) {
      const [first = '', second = ''] = path;
      yield breach({
        resource: first,
        place,
        message: `a dependency cycle of ${path.length - 1}`,
        expected: 'an order in which each is made after what it needs',
        got: path.join(' → '),
        mend: `take the reference to ${second} out of ${first}, and set it afterwards: a resource of its own, or a second step`,
      });
    }
  },
});
