/** D-43: an image named so that it can change under the deployment. */
import { parseImage } from '../../../backends/wire/image-reference.ts';
import { agreedLater } from '../agreed-images.ts';
import { toldOf } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { isSameRepository } from '../same-image.ts';
import { Unknown } from '../value.ts';
import { workloadsOf } from '../workloads.ts';

/** A private ECR, by any of its endpoints: FIPS and dual-stack ones included. */
const OWN_REGISTRY = /^\d{12}\.dkr[.-]ecr[.-][a-z0-9.-]+$/;

/** What an image's name leaves open; null where nothing. */
function leftOpen(name: string): { readonly what: string; readonly expected: string } | null {
  const image = parseImage(name);
  if (image !== null && image.digest !== null) return null;
  if (name.includes('@')) return { what: 'a digest that is none', expected: '@sha256: and 64 digits' };
  if (image === null || !OWN_REGISTRY.test(image.host))
    return { what: 'upstream is not pinned by digest', expected: 'name@sha256:… of a registry that others write to' };
  return image.tag === 'latest'
    ? { what: 'the tag is pushed again with each release', expected: 'a digest, or the tag of a release' }
    : null;
}

export const pinnedImagesRule = planRule({
  id: 'pinned-images',
  incidents: ['D-43'],
  severity: 'error',
  title: 'every image is named so that it cannot change',
  documentation:
    'An image of a registry that others write to is named by its digest; one of the own ECR by its digest or by a release’s tag, not by latest or nothing. Where the target file has a `digest` for the same repository, a digest in the plan must be that one. Legal: a tag such as 1.4.0 in the own ECR, and an image that is known after apply.',
  of: 'infrastructure',
  *ask(input, expected) {
    const workloads = workloadsOf(input);
    if (workloads.some(({ image }) => image !== null)) yield* agreedLater(expected, input.path);
    for (const { resource, title, image } of workloads) {
      if (image === null) continue;
      const at = { resource: title, place: resource.place(image.path) };
      if (image.value instanceof Unknown) {
        yield notKnown({ ...at, message: 'image', reason: image.value.reason });
        continue;
      }
      const name = String(image.value);
      const open = leftOpen(name);
      if (open !== null)
        yield breach({
          ...at,
          message: open.what,
          expected: open.expected,
          got: toldOf(resource, image.path, name),
          mend: `name the image of ${title} by its digest`,
        });
      const digest = parseImage(name)?.digest ?? null;
      for (const [label, { uri, digest: wanted }] of Object.entries(expected.images)) {
        if (wanted === undefined || digest === null || digest === wanted || !isSameRepository(uri, name)) continue;
        yield breach({
          ...at,
          message: 'the image is another than the one that was agreed',
          expected: `${wanted} (images.${label}.digest)`,
          got: toldOf(resource, image.path, digest),
          mend: `name the image of ${title} by that digest`,
        });
      }
    }
  },
});
