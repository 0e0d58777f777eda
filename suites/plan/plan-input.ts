/** What `crosscheck plan` reads, whatever the format it was written in. */
import type { Manifest } from './inputs/manifest.ts';
import type { Fields, Path } from './value.ts';

/** A place in a file; no line where the format has none that a person reads. */
export interface Place {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** What the deployment will do to a resource; `declare` where only the wish is known, not what is there. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'keep' | 'read' | 'declare';

export interface PlannedResource {
  /** As people name it: `module.web.aws_lb.this`, or the logical id. */
  readonly address: string;
  /** `aws_lb`, or `AWS::ElasticLoadBalancingV2::LoadBalancer`. */
  readonly type: string;
  readonly action: Action;
  /** As it will be; empty when it is deleted. */
  readonly values: Fields;
  /** As it is; null where it is not there, or not known. */
  readonly before: Fields | null;
  place(path: Path): Place;
  /** A value that must not be printed. */
  isSensitive(path: Path): boolean;
}

/** A resource that is there already, whoever made it. */
export interface ExistingResource {
  readonly address: string;
  readonly type: string;
  readonly values: Fields;
}

/** A way round from a resource back to itself. */
export interface Cycle {
  /** Each needs the next; the last is the first. */
  readonly path: readonly string[];
  readonly place: Place;
}

export interface Infrastructure {
  readonly form: 'infrastructure';
  readonly format: 'Terraform plan' | 'Terraform configuration' | 'CloudFormation template';
  readonly path: string;
  readonly resources: readonly PlannedResource[];
  readonly existing: readonly ExistingResource[];
  readonly cycles: readonly Cycle[];
}

export interface ImageVariant {
  /** `linux/arm64/v8`; null where the image does not say. */
  readonly platform: string | null;
  /** Of the manifest, where the format keeps it. */
  readonly digest: string | null;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/** One image of a layout or archive: all its platforms. */
export interface Image {
  readonly name: string;
  /** Of the index, or of the only manifest, where the format keeps it. */
  readonly digest: string | null;
  readonly variants: readonly ImageVariant[];
}

export interface ImageArchive {
  readonly form: 'image';
  readonly format: 'OCI layout' | 'docker save archive';
  readonly path: string;
  readonly images: readonly Image[];
}

export type PlanInput = Infrastructure | ImageArchive | Manifest;

/** An input cannot be read; the message says what was expected, what came, and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly place: Place;
  constructor(place: Place, message: string) {
    super(message);
    this.place = place;
  }
}
