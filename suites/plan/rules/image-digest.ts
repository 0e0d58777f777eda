/** D-43: an image on disk that is not the one whose digest was agreed. */
import { agreedLater } from '../agreed-images.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { isSameName } from '../same-image.ts';

export const imageDigestRule = planRule({
  id: 'image-digest',
  incidents: ['D-43'],
  severity: 'error',
  title: 'a mirrored image has the digest that the target file names',
  documentation:
    'Asked where the target file has an image of the same repository with a `digest`: it must be that of the index, or of one of its platforms. An archive of `docker save` without OCI manifests does not keep digests: it is listed as not known.',
  of: 'image',
  *ask({ images, path }, expected) {
    yield* agreedLater(expected, path);
    for (const { name, digest, variants } of images)
      for (const [label, { uri, digest: wanted }] of Object.entries(expected.images)) {
        if (wanted === undefined || !isSameName(uri, name)) continue;
        const at = { resource: name, place: { file: path, line: null, column: null } };
        const has = [...new Set([digest, ...variants.map((one) => one.digest)])].filter((one) => one !== null);
        if (has.length === 0) yield notKnown({ ...at, message: 'digest', reason: 'the archive does not keep it' });
        else if (!has.includes(wanted))
          yield breach({
            ...at,
            message: 'the image is another than the one that was agreed',
            expected: `${wanted} (images.${label}.digest)`,
            got: has.join(', '),
            mend: 'copy it again by digest, or agree on the new one in the target file',
          });
      }
  },
});
