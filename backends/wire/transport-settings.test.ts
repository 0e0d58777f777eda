import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { proxyFor, transportSettings } from './transport-settings.ts';

describe('transportSettings', () => {
  test('adds up the certificates of all variables, each once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'crosscheck-ca-'));
    try {
      const [a, b, none] = ['a.pem', 'b.pem', 'none.pem'].map((name) => join(folder, name)) as [string, string, string];
      writeFileSync(a, '-----BEGIN CERTIFICATE-----\nA\n');
      writeFileSync(b, '-----BEGIN CERTIFICATE-----\nB\n');
      writeFileSync(none, 'no certificate');
      const { ca } = transportSettings({ NODE_EXTRA_CA_CERTS: a, SSL_CERT_FILE: b, REQUESTS_CA_BUNDLE: a });
      expect(ca?.match(/BEGIN/g)).toHaveLength(2);
      expect(() => transportSettings({ SSL_CERT_FILE: none })).toThrow(`SSL_CERT_FILE: expected PEM certificates in ${none}, got none`);
      expect(() => transportSettings({ REQUESTS_CA_BUNDLE: join(folder, 'missing') })).toThrow(
        'REQUESTS_CA_BUNDLE: expected a readable file of certificates',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('reads proxies, lower case first, ALL_PROXY last; nothing is taken from the process', () => {
    expect(transportSettings({})).toEqual({});
    expect(transportSettings({ HTTP_PROXY: 'http://a', http_proxy: 'http://b', ALL_PROXY: 'http://c', NO_PROXY: 'x' })).toEqual({
      httpProxy: 'http://b',
      httpsProxy: 'http://c',
      noProxy: 'x',
    });
  });
});

describe('proxyFor', () => {
  const via = (url: string, noProxy: string) => proxyFor(new URL(url), { httpProxy: 'proxy:1', httpsProxy: 'http://secure:2', noProxy });

  test('goes by scheme', () => {
    expect(via('http://a.example/', '')).toBe('http://proxy:1');
    expect(via('https://a.example/', '')).toBe('http://secure:2');
    expect(proxyFor(new URL('https://a.example'), { httpProxy: 'http://a' })).toBeNull();
  });

  test.each([
    ['*', 'http://a.example', true],
    ['a.example', 'http://a.example', true],
    ['A.Example', 'http://a.example', true],
    ['.example', 'http://a.example', true],
    ['*.example', 'http://a.example', true],
    ['example', 'http://a.example', true],
    ['ample', 'http://a.example', false],
    ['a.example:81', 'http://a.example', false],
    ['a.example:80', 'http://a.example', true],
    ['a.example:443', 'https://a.example', true],
    ['b, localhost,127.0.0.1', 'http://127.0.0.1:9000', true],
    ['[::1]', 'http://[::1]:9000', true],
    ['b', 'http://a.example', false],
  ])('NO_PROXY=%s, %s: direct %s', (noProxy, url, direct) => {
    expect(via(url, noProxy) === null).toBe(direct);
  });
});
