/** P-01: whose AWS keys S3 is asked with. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: "S3 is asked with the keys of the settings, else of the environment, else the registry's; half a pair is refused",
  level: 'must',
  incidents: ['P-01'],
  needs: ['listPackages'],
  requires: ['own-bucket'],
  only: { backends: ['quilt3'], because: 'it reads packages with the token alone' },
  axes: { said: ['settings', 'environment', 'registry', 'settings-half', 'environment-half', 'settings-wrong', 'environment-wrong'] },
  readsOnly: true,
  async run({ world, at, attempt }) {
    const { accessKeyId = '', secretAccessKey = '' } = world.settings;
    const [where, which] = (at['said'] ?? '').split('-');
    const secret = which === 'wrong' ? `not-${secretAccessKey}` : secretAccessKey;
    const ops = await world.open({
      ...(where === 'settings' && { secretAccessKey: secret }),
      env: where === 'environment' ? { AWS_ACCESS_KEY_ID: accessKeyId, ...(which !== 'half' && { AWS_SECRET_ACCESS_KEY: secret }) } : {},
      without: [
        ...(where === 'settings' ? [] : ['accessKeyId' as const]),
        ...(where === 'settings' && which !== 'half' ? [] : ['secretAccessKey' as const]),
      ],
    });
    await attempt(ops.listPackages({}));
  },
});
