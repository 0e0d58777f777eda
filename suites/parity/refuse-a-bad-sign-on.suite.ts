/** P-07, P-18: a configuration that cannot be is refused, and the one in force stays. */
import { scenario } from '../case/scenario.ts';
import { signOnConfig } from './sign-on-config.ts';

export default scenario({
  title: 'text that is blank, no YAML, of another version, incomplete, or names unknown roles is a ValidationError, and the old one stays',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: ['admin.sso.get', 'admin.sso.set'],
  requires: ['own-registry'],
  async run({ ops, attempt }) {
    const { sso } = ops.admin;
    const text = signOnConfig({ defaultRole: 'DataReaders', roles: ['DataEditors'] });
    await sso.set({ config: text });
    const bad = [
      '',
      ' \n',
      '{"version": "1.0"',
      'just words',
      text.replace('"1.0"', '"2.0"'),
      text.replace('"1.0"', '1.0'),
      text.replace(/^default_role.*$/m, ''),
      text.replace(/mappings:[\s\S]*/, ''),
      `${text}extra: true\n`,
      JSON.stringify({ version: '1.0', default_role: 'DataReaders', mappings: [{ schema: {}, roles: [] }] }),
      JSON.stringify({ version: '1.0', default_role: 'DataReaders', mappings: [{ roles: ['DataReaders'] }] }),
      signOnConfig({ defaultRole: 'NoSuchRole', roles: ['DataEditors'] }),
      signOnConfig({ defaultRole: 'DataReaders', roles: ['DataEditors', 'NoSuchRole'] }),
    ];
    for (const config of bad) await attempt(sso.set({ config }));
    await sso.get();
  },
});
