/** Every check of OAuth apps, seen to pass on the healthy app and to fail on one that is broken; all variants on all checks run in `verify:real`. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPatchedApp } from '../../fixtures/embedded/app/patched-app.ts';
import { VARIANTS } from '../../fixtures/embedded/app/variants.ts';
import { type RunningAppPart, startAppPart } from '../../fixtures/embedded/app-part.ts';
import type { Handler } from '../../fixtures/embedded/loopback-server.ts';
import { suitePaths } from '../../suites/case/suite-files.ts';
import { runOAuth } from './oauth-run.ts';

let healthy: RunningAppPart;
beforeAll(async () => {
  healthy = await startAppPart();
});
afterAll(() => healthy.close());

test('the healthy app passes every check', async () => {
  const verdicts = await runOAuth(healthy.part);
  expect(Object.fromEntries([...verdicts].map(([check, { verdict, message }]) => [check, message ?? verdict]))).toEqual(
    Object.fromEntries([...verdicts.keys()].map((check) => [check, 'passed'])),
  );
  const written = suitePaths(['oauth']).filter((path) => path.startsWith('suites/oauth/') && !path.includes('/graphql-'));
  expect(verdicts.size).toBe(written.length);
});

const first = [...new Map(VARIANTS.toReversed().map((variant) => [variant.catches.join(), variant])).values()];

describe('each check fails on an app, or provider, with its defect', () => {
  test.each(first.map((variant) => [variant.catches.join(), variant.id, variant] as const))('%s: %s', async (_checks, _id, variant) => {
    using app = await loadPatchedApp(variant.patches ?? []);
    await using broken = await startAppPart({ app: app.create, defects: variant.defects ?? [] });
    const verdicts = await runOAuth(broken.part, variant.catches);
    for (const check of variant.catches) {
      expect(verdicts.get(check)?.verdict, verdicts.get(check)?.message).toBe('failed');
      for (const text of variant.says) expect(verdicts.get(check)?.message).toContain(text);
    }
  });
});

describe('an app that is no app says nothing of OAuth: no check passes but those that ask the provider alone', () => {
  const ofTheProvider = ['code-needs-its-verifier', 'code-works-once', 'refresh-token-works-once'];
  const megabyte = Buffer.alloc(1024 * 1024);
  const apps: Readonly<Record<string, { readonly app: Handler; readonly says: RegExp }>> = {
    'redirects for ever': {
      app: async ({ path }, response) => void response.writeHead(302, { location: `${path}x` }).end(),
      says: /at most 20 redirects/,
    },
    'sends 100 MB': {
      app: async (_request, response) => {
        response.writeHead(200);
        for (let part = 0; part < 100 && !response.destroyed; part++)
          if (!response.write(megabyte)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        response.end();
      },
      says: /over 4194304 bytes/,
    },
    'answers garbage': {
      app: async ({ incoming }) => void incoming.socket.end('GARBAGE\r\n\r\n'),
      says: /HTTP/,
    },
    'hangs up': { app: async ({ incoming }) => void incoming.socket.destroy(), says: /before it|end of the connection/ },
  };
  test.each(Object.entries(apps))('%s', async (_name, { app, says }) => {
    await using running = await startAppPart({ app: () => app });
    const names = [
      'pkce-is-s256',
      'error-callback-is-a-page',
      'sign-in-completes',
      'state-binds-the-browser',
      'unknown-connection-is-named',
      'api-refuses-nobody',
    ];
    for (const [check, { verdict, message }] of await runOAuth(running.part, names)) {
      expect([check, verdict]).toEqual([check, 'broken']);
      expect(message).toMatch(says);
    }
    for (const { verdict } of (await runOAuth(running.part, ofTheProvider)).values()) expect(verdict).toBe('passed');
  });

  test('a provider that is down: broken with the reason, never a pass', async () => {
    await using running = await startAppPart();
    await running.identity.close();
    const verdicts = await runOAuth(running.part, ['sign-in-completes', 'provider-shows-its-sign-in', 'code-works-once', 'pkce-is-s256']);
    for (const [check, { verdict, message }] of verdicts)
      expect([check, verdict, message]).toEqual([check, 'broken', expect.stringMatching(/connection|500/)]);
  });
});

test('secrets of a run stand in no result: client secret, bearer, codes, cookies, tokens', async () => {
  using app = await loadPatchedApp([
    {
      file: 'sign-in.ts',
      from: "return asPage(400, 'Sign-in failed', 'The answer of the provider was not as it must be. Begin again.');",
      to: 'throw error;',
    },
    {
      file: 'sample-app.ts',
      from: "asJson(500, { error: 'internal' })",
      to: 'asJson(500, { url: request.incoming.url, cookie: request.headers.cookie, secret: settings.signIn.clientSecret })',
    },
  ]);
  await using running = await startAppPart({ app: app.create });
  const { clientSecret, connectionSecret, signingSecret, controlToken } = running.part;
  const results = JSON.stringify([...(await runOAuth(running.part)).values()]);
  expect(results).toContain('got 500');
  for (const secret of [clientSecret, connectionSecret, signingSecret, controlToken]) expect(results).not.toContain(secret);
  expect(results).not.toMatch(/[?&]code=(?!\[redacted\]|none|&|"|$)[A-Za-z0-9_-]{8}/);
  expect(results).not.toMatch(/(?:sid|signin|_session|_interaction)=[A-Za-z0-9_-]{8}/);
  expect(results).not.toMatch(/eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/);
});
