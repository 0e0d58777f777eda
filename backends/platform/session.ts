/** A client of the Platform in the hands of one user: what it was told, and what it has found out since. */
import { QuiltError } from '../errors.ts';
import type { ClientSettings } from '../quilt-ops.ts';
import { claimsOf, requireItem, type Sources, select } from '../selection.ts';
import type { Door } from '../wire/door.ts';

export class PlatformSession {
  readonly door: Door;
  /** Replaced when a token is renewed, or another catalog is turned to. */
  settings: ClientSettings;
  /** The catalog's config.json, once it was read. */
  config: Sources['config'] = null;
  /** Where the registry answers GraphQL, once an answer has shown it. */
  graphqlUrl: string | null = null;

  constructor(settings: ClientSettings, door: Door) {
    this.settings = settings;
    this.door = door;
    for (const secret of [settings.token, settings.refreshToken, settings.env?.['MCP_JWT_TOKEN'], settings.env?.['QUILT_JWT_SECRET']]) {
      if (secret) door.learnSecret(secret);
    }
  }

  /** What endpoints and credentials are selected from, as things stand. */
  get sources(): Sources {
    const known = { settings: this.settings, claims: null, config: this.config };
    return { ...known, claims: claimsOf(select('platform', 'token', known).value) };
  }

  /** The client's time, epoch milliseconds. */
  now(): number {
    return this.settings.now?.() ?? Date.now();
  }

  /** Registry of an operation that names none; throws ValidationError when the session has none either. */
  defaultRegistry(operation: string): string {
    return requireItem(operation, 'platform', 'registry', this.sources);
  }
}

/** The error for an answer that is not of the form that was due (C-11, P-06). */
export function brokenAnswer(operation: string, url: string, trouble: string): QuiltError {
  return new QuiltError('BackendError', operation, `${url}: expected an answer of the agreed form, got ${trouble}`, {
    code: 'broken-body',
  });
}
