/** P-01: what is no URL of a catalog is refused before anyone is asked. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'what is no http URL is a ValidationError of catalogUrl, and leaves the client where it was',
  level: 'must',
  incidents: ['P-01'],
  needs: ['configureCatalog', 'catalogConfig'],
  requires: ['own-registry'],
  readsOnly: true,
  async run({ ops, attempt }) {
    for (const catalogUrl of [
      '',
      ' ',
      'catalog',
      'catalog.example.com',
      'ftp://catalog.example.com',
      's3://bucket',
      'http://',
      'file:///etc',
    ]) {
      await attempt(ops.configureCatalog({ catalogUrl }));
    }
    await ops.catalogConfig();
  },
});
