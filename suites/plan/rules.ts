/** Every rule of `crosscheck plan`, by input form. */
import type { PlanRule } from './rule.ts';
import { bundleAssetsRule } from './rules/bundle-assets.ts';
import { connectorNetworkRule } from './rules/connector-network.ts';
import { dependencyCycleRule } from './rules/dependency-cycle.ts';
import { deployModeRule } from './rules/deploy-mode.ts';
import { engineDowngradeRule } from './rules/engine-downgrade.ts';
import { imageDigestRule } from './rules/image-digest.ts';
import { imagePlatformRule } from './rules/image-platform.ts';
import { nameLimitsRule } from './rules/name-limits.ts';
import { openOriginsRule } from './rules/open-origins.ts';
import { pinnedImagesRule } from './rules/pinned-images.ts';
import { placeholderUrlRule } from './rules/placeholder-url.ts';
import { requiredSettingsRule } from './rules/required-settings.ts';
import { stageConnectionsRule } from './rules/stage-connections.ts';
import { startCommandRule } from './rules/start-command.ts';
import { storageConnectionRule } from './rules/storage-connection.ts';
import { vpcEndpointExistsRule } from './rules/vpc-endpoint-exists.ts';

/** A rule asks only inputs of its form, which `askAll` sees to. */
type AnyRule = PlanRule<'infrastructure'> | PlanRule<'image'> | PlanRule<'manifest'>;

export const planRules: readonly AnyRule[] = [
  imagePlatformRule,
  imageDigestRule,
  startCommandRule,
  nameLimitsRule,
  engineDowngradeRule,
  vpcEndpointExistsRule,
  connectorNetworkRule,
  dependencyCycleRule,
  placeholderUrlRule,
  openOriginsRule,
  requiredSettingsRule,
  pinnedImagesRule,
  storageConnectionRule,
  bundleAssetsRule,
  deployModeRule,
  stageConnectionsRule,
];
