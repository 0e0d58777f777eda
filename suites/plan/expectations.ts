/** What is expected of what is about to be deployed: from a target file and from options. */
import type { Deployment } from '../../fixtures/target.ts';

export type DeployMode = 'direct' | 'bundle';

export interface ExistingEndpoint {
  readonly vpc: string;
  readonly service: string;
  readonly privateDns: boolean;
}

export interface Expectations {
  /** Null where nobody said it: everything is then held to what a hardened stage must be. */
  readonly stage: string | null;
  /** Platform that runs the images, `os/architecture`, from an option; before what the target says. */
  readonly platform: string | null;
  readonly services: Deployment['services'];
  readonly functions: Deployment['functions'];
  readonly images: Deployment['images'];
  /** VPC endpoints that are there already, beside those that the plan itself knows. */
  readonly endpoints: readonly ExistingEndpoint[];
  /** Item of a manifest → how it is meant to be deployed; `*` for all others. */
  readonly modes: Readonly<Record<string, DeployMode>>;
}

/** Nobody said anything. */
export const NO_EXPECTATIONS: Expectations = {
  stage: null,
  platform: null,
  services: {},
  functions: {},
  images: {},
  endpoints: [],
  modes: {},
};

/** A text of the target that holds `${stack.Output}` is known only when the stack is asked. */
export const isStackOutput = (text: string): boolean => /\$\{[a-z0-9-]+\.[A-Za-z0-9]+\}/.test(text);

/** A stage where people develop: localhost and plain http to it are legal there. */
export const isDevelopment = (stage: string | null): boolean => stage !== null && /^(dev|development|local|sandbox)$/i.test(stage);
