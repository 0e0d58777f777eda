/** D-12: origins that a hardened stage must not let in. */
import { isDevelopment } from '../expectations.ts';
import { expectedWorkloads } from '../expected-workload.ts';
import { originsOf } from '../origins.ts';
import { toldOf, withoutCredentials } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';

/** What is wrong with an origin; null where nothing is. */
function wrongWith(origin: string, development: boolean): string | null {
  if (origin === '*' || /\*(?:$|[:/])/.test(origin) || /^(?:https?:\/\/)?\*$/.test(origin)) return 'a wildcard';
  const [, scheme = '', host = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(origin) ?? [];
  if (/^\*\.[a-z0-9-]+$/i.test(host)) return 'a wildcard of a whole top-level domain';
  const local = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/i.test(host);
  if (local) return development ? null : 'localhost';
  return scheme.toLowerCase() === 'http' ? 'plain http' : null;
}

export const openOriginsRule = planRule({
  id: 'open-origins',
  incidents: ['D-12'],
  severity: 'error',
  title: 'no wildcard, localhost or plain-http origin is let in',
  documentation:
    'Asked of CORS settings, redirect and callback URIs, and of variables that list origins: those that the target file names in `origins.variables`, else those whose names say so. What the target file lists in `origins.allowed` is the whole list. Legal: localhost where the stage is dev, development, local or sandbox (`stage` of the target file, or --stage); a subdomain wildcard such as https://*.example.com only where `allowed` lists it; a wildcard of an S3 rule that lets only GET and HEAD through is a warning.',
  of: 'infrastructure',
  *ask(input, expected) {
    const development = isDevelopment(expected.stage);
    const said = new Map(
      expectedWorkloads(input, expected).flatMap(({ key, expected: wanted, workloads }) =>
        'origins' in wanted && wanted.origins !== undefined
          ? workloads.map((one) => [one.title, { key, origins: wanted.origins }] as const)
          : [],
      ),
    );
    for (const { resource, title, name, path, value, readsOnly } of originsOf(input, (of) => said.get(of)?.origins?.variables ?? [])) {
      const at = { resource: title, place: resource.place(path) };
      if (value instanceof Unknown) yield notKnown({ ...at, message: name, reason: value.reason });
      if (typeof value !== 'string' || value === '') continue;
      const { key, origins } = said.get(title) ?? {};
      const allowed = origins?.allowed;
      if (allowed?.some((one) => trim(one) === trim(unquote(value)))) continue;
      const subdomains = /\*\./.test(value);
      const wrong =
        wrongWith(unquote(value), development) ??
        (allowed !== undefined ? 'one that is not allowed' : subdomains ? 'a wildcard of every subdomain' : null);
      if (wrong === null) continue;
      yield breach({
        ...at,
        ...(readsOnly || wrong === 'a wildcard of every subdomain' ? { severity: 'warning' as const } : {}),
        message: `${name} lets in ${wrong}`,
        expected:
          allowed === undefined
            ? `https origins by name${development ? ', or localhost' : ''}`
            : `one of ${allowed.join(', ')} (${key}.origins.allowed)`,
        got: toldOf(resource, path, JSON.stringify(withoutCredentials(value))),
        mend: `take it out of ${name} of ${title}${wrong === 'localhost' ? ', or say that the stage is dev' : ''}`,
      });
    }
  },
});

const trim = (origin: string): string => origin.replace(/\/+$/, '').toLowerCase();
/** SAM wants origins in quotes within the text. */
const unquote = (origin: string): string => origin.replaceAll(/^'|'$/g, '');
