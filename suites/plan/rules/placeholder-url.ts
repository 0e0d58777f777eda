/** D-11: the placeholder of the first stage is still what gets deployed. */
import { toldOf, withoutCredentials } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';
import { workloadsOf } from '../workloads.ts';

/** Names of variables that hold the address of another part. */
const ADDRESS = /(?:^|_)(?:URL|URI|ORIGIN|ORIGINS|HOST|HOSTNAME|ENDPOINT|DOMAIN|BASE)S?$/i;

/** RFC 2606 and 6761 keep these names for documentation and tests: nothing is ever there. */
const RESERVED = /^(?:[a-z0-9-]+\.)*(?:example\.(?:com|net|org|edu)|example|invalid|test)$/i;
const WORD = /placeholder|change[-_]?me|replace[-_]?me|fill[-_]?me|\bto[-_]?do\b|\btbd\b|your[-_]?(?:domain|url|host)|<[a-z][a-z0-9 _-]*>/i;

/** What makes a text a stand-in for an address: its scheme and host, or a word in it; null where nothing does. The rest may be a secret. */
function placeholderIn(text: string): string | null {
  const [origin = '', host = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^:/]*)/i.exec(withoutCredentials(text)) ?? [];
  if (RESERVED.test(host) || WORD.test(origin)) return origin;
  return WORD.exec(text)?.[0] ?? null;
}

export const placeholderUrlRule = planRule({
  id: 'placeholder-url',
  incidents: ['D-11'],
  severity: 'error',
  title: 'no setting holds a placeholder where an address belongs',
  documentation:
    'Backend and frontend need each other’s URL, so the first stage deploys one of them with a placeholder, and the second puts the address in. Asked of variables whose name says URL, URI, ORIGIN, HOST, ENDPOINT, DOMAIN or BASE: names that RFC 2606 reserves (example.com, .invalid, .test) and words such as placeholder or changeme. Legal: a placeholder in a service that this very plan creates is only a warning, since the address cannot be known yet; other variables may say what they like.',
  of: 'infrastructure',
  *ask(input) {
    for (const { resource, title, environment, unseen } of workloadsOf(input)) {
      if (unseen !== null)
        yield notKnown({ resource: title, place: resource.place([]), message: 'addresses in its settings', reason: unseen });
      for (const [name, { value, path }] of environment) {
        if (!ADDRESS.test(name)) continue;
        const at = { resource: title, place: resource.place(path) };
        if (value instanceof Unknown) {
          yield notKnown({ ...at, message: name, reason: value.reason });
          continue;
        }
        const placeholder = typeof value === 'string' ? placeholderIn(value) : null;
        if (placeholder === null) continue;
        const starts = resource.action === 'create';
        yield breach({
          ...at,
          ...(starts ? { severity: 'warning' as const } : {}),
          message: `${name} holds a placeholder${starts ? '; the service is new, so a second stage must follow' : ''}`,
          expected: 'the address of the other part, such as an output of its stack',
          got: toldOf(resource, path, JSON.stringify(placeholder)),
          mend: `set ${name} of ${title} to the address of the other part, and deploy again`,
        });
      }
    }
  },
});
