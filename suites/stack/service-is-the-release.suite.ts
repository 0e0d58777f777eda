/** D-04: the service is deployed with another image than the one that was released. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { deployedImages } from './deployed-image.ts';
import { findImage, imageOf } from './image-facts.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'services', Resource<'services'>>({
  title: 'the service is deployed with the image that was released',
  level: 'must',
  incidents: ['D-04'],
  of: 'services',
  when: { of: 'that name their image', is: ({ image }) => image !== undefined },
  async ask({ resource, aws, door, target }) {
    const released = resource.image ?? '';
    const { images, where } = await deployedImages({ resource, aws, door, target });
    const same = images.includes(released) || (await sameContent(released, images, { aws, door, target }));
    return [
      stateThat(same, { what: `image of ${where}`, expected: released, got: images.join(', ') || 'none', mend: `deploy ${released}` }),
    ];
  },
});

/** A tag and a digest, or two tags, may name one image. */
async function sameContent(released: string, deployed: readonly string[], asked: Parameters<typeof findImage>[1]): Promise<boolean> {
  const { host, repository } = imageOf(released);
  const others = deployed.filter((uri) => imageOf(uri).host === host && imageOf(uri).repository === repository);
  if (others.length === 0) return false;
  const digest = (await findImage(released, asked))?.digest;
  for (const uri of others) if (digest !== undefined && (await findImage(uri, asked))?.digest === digest) return true;
  return false;
}
