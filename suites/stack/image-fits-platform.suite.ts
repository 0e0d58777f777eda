/** D-01: an image that is built for another platform than it is to run on. */
import type { Resource } from '../../fixtures/target.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { findImage, runsOn } from './image-facts.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'images', Resource<'images'>>({
  title: 'the image is in its registry, of its digest, and runs on its platform',
  level: 'must',
  incidents: ['D-01'],
  of: 'images',
  async ask({ resource: { uri, platform, digest }, aws, door, target }) {
    const image = await findImage(uri, { aws, door, target });
    if (image === null) return [{ what: `image ${uri}`, expected: 'an image', got: 'none', mend: 'push it, or correct `uri`' }];
    const mend = `build it with \`docker buildx build --platform ${platform}\` and push it again`;
    return [
      stateThat(runsOn(image, platform), {
        what: `platforms of image ${uri}`,
        expected: platform,
        got: image.platforms.join(', ') || 'none',
        mend,
      }),
      ...(digest === undefined
        ? []
        : [{ what: `digest of image ${uri}`, expected: digest, got: image.digest, mend: 'push what was released' }]),
    ];
  },
});
