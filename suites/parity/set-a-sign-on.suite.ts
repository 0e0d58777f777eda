/** P-18: the single sign-on configuration is kept as it was typed. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'a single sign-on configuration is none, set, read as given, replaced and removed; removing none is well',
  level: 'must',
  incidents: ['P-18'],
  tags: ['administration'],
  needs: ['admin.sso.get', 'admin.sso.set', 'admin.sso.remove'],
  requires: ['own-registry'],
  async run({ ops }) {
    const { sso } = ops.admin;
    await sso.get();
    await sso.remove();
    const text = signOnConfig({ defaultRole: 'DataReaders', roles: ['DataEditors'] });
    await sso.set({ config: text });
    await sso.get();
    // Comments, spaces and another notation are kept: the text is the administrator's.
    await sso.set({ config: `# by hand\n${text}\n\n` });
    await sso.set({ config: JSON.stringify({ version: '1.0', default_role: 'DataEditors', mappings: [], union_roles: true }) });
    await sso.get();
    await sso.remove();
    await sso.get();
  },
});
