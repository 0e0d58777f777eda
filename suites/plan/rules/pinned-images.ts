/** D-43: an image named so that it can change under the deployment. */
import { breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';
import { workloadsOf } from '../workloads.ts';

const OWN_REGISTRY = /^\d{12}\.dkr[.-]ecr[.-][a-z0-9.-]+\//;

/** What an image's name leaves open; null where nothing. */
function leftOpen(image: string): { readonly what: string; readonly expected: string } | null {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return null;
  if (image.includes('@')) return { what: 'a digest that is none', expected: '@sha256: and 64 digits' };
  const [, tag = 'latest'] = /:([^/:]+)$/.exec(image) ?? [];
  if (!OWN_REGISTRY.test(image))
    return { what: 'upstream is not pinned by digest', expected: 'name@sha256:… of a registry that others write to' };
  return tag === 'latest' ? { what: 'the tag is pushed again with each release', expected: 'a digest, or the tag of a release' } : null;
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
    for (const { resource, title, image } of workloadsOf(input)) {
      if (image === null) continue;
      const at = { resource: title, place: resource.place(image.path) };
      if (image.value instanceof Unknown) {
        yield notKnown({ ...at, message: 'image', reason: image.value.reason });
        continue;
      }
      const name = String(image.value);
      const open = leftOpen(name);
      if (open !== null)
        yield breach({ ...at, message: open.what, expected: open.expected, got: name, mend: `name the image of ${title} by its digest` });
      const [repository = '', digest] = name.split('@');
      for (const [label, { uri, digest: wanted }] of Object.entries(expected.images)) {
        if (wanted === undefined || digest === undefined || digest === wanted || bare(uri) !== bare(repository)) continue;
        yield breach({
          ...at,
          message: 'the image is another than the one that was agreed',
          expected: `${wanted} (images.${label}.digest)`,
          got: digest,
          mend: `name the image of ${title} by that digest`,
        });
      }
    }
  },
});

const bare = (image: string): string => (image.split('@')[0] ?? '').replace(/:[^/:]*$/, '');
