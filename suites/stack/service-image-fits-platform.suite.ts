/** D-01: what is deployed runs on the platform of its service, or the service is of another platform than the target says. */
import type { Resource } from '../../fixtures/target.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { askable, deployedImages } from './deployed-image.ts';
import { findImage, runsOn } from './image-facts.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'services', Resource<'services'>>({
  title: 'the images that the service is deployed with run on its platform',
  level: 'must',
  incidents: ['D-01'],
  of: 'services',
  async ask({ resource, aws, door, target }) {
    const { images, platform, where } = await deployedImages({ resource, aws, door, target });
    const own = {
      what: `platform of ${where}`,
      expected: resource.platform.split('/').slice(0, 2).join('/'),
      got: platform,
      mend: 'correct its runtime platform, or `platform` in the target file',
    };
    const statements = [own];
    for (const uri of askable(images, door, where)) {
      const image = await findImage(uri, { aws, door, target });
      if (image === null) throw new CheckBroken(`image ${uri} of ${where}: expected it in its registry, got none`);
      const mend = `build it with \`docker buildx build --platform ${platform}\` and push it again`;
      statements.push(
        stateThat(runsOn(image, platform), {
          what: `platforms of image ${uri} of ${where}`,
          expected: platform,
          got: image.platforms.join(', ') || 'none',
          mend,
        }) as typeof own,
      );
    }
    return statements;
  },
});
