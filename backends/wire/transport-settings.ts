/** What a client's environment says of the way to the network: certificates and proxies. */
import { readFileSync } from 'node:fs';

export interface TransportSettings {
  /** PEM certificates that TLS trusts beside the system's. */
  readonly ca?: string;
  /** Proxy for `http:` URLs. */
  readonly httpProxy?: string;
  /** Proxy for `https:` URLs. */
  readonly httpsProxy?: string;
  /** Hosts that are spoken to directly, separated by commas: `*`, `host`, `.suffix`, `host:port`. */
  readonly noProxy?: string;
}

/** Variables that name a PEM file; Node adds its own to the system's, OpenSSL and Python's requests replace them, here all are added. */
const CA_VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE'] as const;

/**
 * Reads the settings from a client's environment (never the harness's own); lower-case proxy names win over upper-case ones, as in curl.
 * Fails with the variable and the path when a certificate file cannot be read.
 */
export function transportSettings(env: Readonly<Record<string, string>>): TransportSettings {
  const ca = [...new Set(CA_VARIABLES.flatMap((variable) => readCertificates(variable, env[variable])))].join('\n');
  const either = (name: string) => env[name.toLowerCase()] || env[name.toUpperCase()];
  const httpProxy = either('http_proxy') || either('all_proxy');
  const httpsProxy = either('https_proxy') || either('all_proxy');
  const noProxy = either('no_proxy');
  return { ...(ca && { ca }), ...(httpProxy && { httpProxy }), ...(httpsProxy && { httpsProxy }), ...(noProxy && { noProxy }) };
}

function readCertificates(variable: string, path: string | undefined): string[] {
  if (!path) return [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`${variable}: expected a readable file of certificates, got ${path}`, { cause });
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error(`${variable}: expected PEM certificates in ${path}, got none`);
  return [text];
}

/** The proxy that a URL goes through by these settings, or null when it is reached directly. */
export function proxyFor(url: URL, settings: TransportSettings): string | null {
  const proxy = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
  if (!proxy || bypasses(url, settings.noProxy ?? '')) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function bypasses(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', wanted] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
      const suffix = name.replace(/^\*?\./, '');
      return (wanted === undefined || wanted === port) && (host === suffix || host.endsWith(`.${suffix}`));
    });
}
