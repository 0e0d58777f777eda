/** D-01: an image without the platform that runs it. */
import type { Expectations } from '../expectations.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { isSameName } from '../same-image.ts';

/** Where ECS and App Runner run what nobody said otherwise of. */
const DEFAULT = 'linux/amd64';

/** Platforms that must be in an image, each with who says so. */
function wantedOf(name: string, { platform, services, images }: Expectations): ReadonlyMap<string, string> {
  if (platform !== null) return new Map([[platform, '--platform']]);
  const said = [
    ...Object.entries(services).map(([label, one]) => ({
      key: `services.${label}.platform`,
      image: one.image ?? null,
      platform: one.platform,
    })),
    ...Object.entries(images).map(([label, one]) => ({ key: `images.${label}.platform`, image: one.uri, platform: one.platform })),
  ];
  const own = said.filter(({ image }) => image !== null && isSameName(image, name));
  const chosen = own.length > 0 ? own : said.filter(({ key }) => key.startsWith('services.'));
  return chosen.length === 0 ? new Map([[DEFAULT, 'where nothing else is said']]) : new Map(chosen.map((one) => [one.platform, one.key]));
}

/** A variant counts only where it is asked for. */
const fits = (has: string, wanted: string): boolean => has === wanted || has.startsWith(`${wanted}/`);

export const imagePlatformRule = planRule({
  id: 'image-platform',
  incidents: ['D-01'],
  severity: 'error',
  title: 'an image has the platform that runs it',
  documentation:
    'An image that was built on a developer’s ARM machine ends in CannotPullContainerError on ECS and in an exec format error on App Runner. What runs it comes from --platform, from `platform` of the target’s service or image of that repository, of all its services otherwise, and is linux/amd64 where nobody says. Legal: an index that has it beside others, and attestations, which are no platform.',
  of: 'image',
  *ask({ images, path }, expected) {
    for (const { name, variants } of images)
      for (const [wanted, who] of wantedOf(name, expected)) {
        const at = { resource: name, place: { file: path, line: null, column: null } };
        const has = variants.flatMap(({ platform }) => platform ?? []);
        if (has.some((one) => fits(one, wanted))) continue;
        if (has.length < variants.length) yield notKnown({ ...at, message: 'platform', reason: 'the image does not say it' });
        else
          yield breach({
            ...at,
            message: 'the image cannot run where it is deployed',
            expected: `${wanted} (${who})`,
            got: has.join(', '),
            mend: `build it for that platform: docker buildx build --platform ${wanted}`,
          });
      }
  },
});
