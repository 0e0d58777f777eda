/** Every rule of `crosscheck plan`, by input form. */
import type { PlanRule } from './rule.ts';
import { dependencyCycleRule } from './rules/dependency-cycle.ts';
import { engineDowngradeRule } from './rules/engine-downgrade.ts';
import { nameLimitsRule } from './rules/name-limits.ts';
import { vpcEndpointExistsRule } from './rules/vpc-endpoint-exists.ts';

/** A rule asks only inputs of its form, which `askAll` sees to. */
type AnyRule = PlanRule<'infrastructure'> | PlanRule<'image'> | PlanRule<'manifest'>;

export const planRules: readonly AnyRule[] = [nameLimitsRule, engineDowngradeRule, vpcEndpointExistsRule, dependencyCycleRule];
