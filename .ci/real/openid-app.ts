/** A second relying party, written with openid-client and without a server's memory: who is signed in, and on the way to it, stands in encrypted cookies. */
import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, EncryptJWT, type JWTPayload, jwtDecrypt, jwtVerify } from 'jose';
import * as client from 'openid-client';
import type { AppClient, AppSettings } from '../../fixtures/embedded/app/settings.ts';
import { bearerOf, cookieOf, type Handler, type HttpRequest } from '../../fixtures/embedded/loopback-server.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string | string[]>;
  readonly json?: unknown;
}

/** The app as a handler, with the routes of the sample app. */
export function createOpenIdApp(settings: AppSettings): Handler {
  const key = randomBytes(32);
  const connections = new Map<string, { access: string; refresh: string | undefined; until: number }>();
  const clients = new Map<string, Promise<client.Configuration>>();
  const configured = (own: AppClient) => {
    const made =
      clients.get(own.clientId) ??
      client.discovery(
        new URL(settings.issuer),
        own.clientId,
        { id_token_signed_response_alg: 'ES256' },
        client.ClientSecretPost(own.clientSecret),
        {
          execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
        },
      );
    clients.set(own.clientId, made);
    return made;
  };
  const seal = async (name: string, claims: JWTPayload, seconds: number) => {
    const value = await new EncryptJWT(claims)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(name)
      .setExpirationTime(`${seconds}s`)
      .encrypt(key);
    return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
  };
  const unseal = async (request: HttpRequest, name: string): Promise<JWTPayload | null> => {
    const value = cookieOf(request.headers, name);
    return value === undefined
      ? null
      : await jwtDecrypt(value, key, { audience: name }).then(
          ({ payload }) => payload,
          () => null,
        );
  };
  const subjectOf = async (request: HttpRequest) => (await unseal(request, 'sid'))?.sub ?? null;
  const inside = (next: string | null) => {
    const url = URL.parse(next ?? '/', settings.url);
    return url?.origin === settings.url && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
  };

  const begin = async (request: HttpRequest, own: AppClient, name: string): Promise<Answer> => {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(await configured(own), {
      redirect_uri: own.redirectUri,
      scope: own.scope,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...(own.scope.includes('offline_access') && { prompt: 'consent' }),
    });
    const cookie = await seal('signin', { verifier, state, nonce, name, next: inside(request.query.get('next')) }, 600);
    return { status: 302, headers: { location: url.href, 'set-cookie': [cookie] } };
  };

  const end = async (request: HttpRequest, own: AppClient, name: string): Promise<Answer> => {
    const pending = await unseal(request, 'signin');
    const user = await subjectOf(request);
    if (pending === null || pending['name'] !== name || (name !== '' && user === null))
      return { status: 400, json: { error: 'not_begun_here' } };
    try {
      const tokens = await client.authorizationCodeGrant(await configured(own), new URL(`${own.redirectUri}?${request.query}`), {
        pkceCodeVerifier: String(pending['verifier']),
        expectedState: String(pending['state']),
        expectedNonce: String(pending['nonce']),
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const hash = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16).toString('base64url');
      if (claims === undefined || (claims['at_hash'] !== undefined && claims['at_hash'] !== hash))
        return { status: 400, json: { error: 'at_hash' } };
      const gone = 'signin=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax';
      const location = String(pending['next']);
      if (name === '') return { status: 302, headers: { location, 'set-cookie': [gone, await seal('sid', { sub: claims.sub }, 3_600)] } };
      connections.set(`${user} ${name}`, keep(tokens));
      return { status: 302, headers: { location, 'set-cookie': [gone] } };
    } catch (error) {
      const said = error instanceof client.AuthorizationResponseError ? error.error : 'sign_in_failed';
      return { status: 400, json: { error: said } };
    }
  };

  const use = async (user: string, name: string, own: AppClient): Promise<Answer> => {
    const held = connections.get(`${user} ${name}`);
    if (held === undefined) return { status: 409, json: { error: 'not_connected', connection: name } };
    const config = await configured(own);
    const ask = (access: string) =>
      client.fetchUserInfo(config, access, client.skipSubjectCheck).then(
        ({ sub }) => sub,
        () => null,
      );
    try {
      const first = held.until > Date.now() ? await ask(held.access) : null;
      if (first !== null) return { status: 200, json: { connection: name, subject: first } };
      const renewed = keep(await client.refreshTokenGrant(config, held.refresh ?? ''), held.refresh);
      connections.set(`${user} ${name}`, renewed);
      return { status: 200, json: { connection: name, subject: await ask(renewed.access) } };
    } catch {
      connections.delete(`${user} ${name}`);
      return { status: 409, json: { error: 'connect_again', connection: name } };
    }
  };

  const byToken = async (token: string): Promise<string | null> => {
    const must = { audience: settings.url, requiredClaims: ['exp', 'sub'] };
    const jwks = createRemoteJWKSet(new URL((await configured(settings.signIn)).serverMetadata().jwks_uri ?? ''));
    const secret = createSecretKey(Buffer.from(settings.signingSecret));
    const service = () => jwtVerify(token, secret, { ...must, issuer: settings.url, algorithms: ['HS256'] });
    const provider = () => jwtVerify(token, jwks, { ...must, issuer: settings.issuer, algorithms: ['ES256'], typ: 'at+jwt' });
    return service()
      .catch(provider)
      .then(
        ({ payload }) => payload.sub ?? null,
        () => null,
      );
  };

  const me = async (request: HttpRequest): Promise<Answer> => {
    const { origin } = request.headers;
    const cors =
      origin === settings.allowedOrigin ? { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' } : {};
    const headers = { vary: 'Origin', 'www-authenticate': 'Bearer', ...cors };
    if (request.method === 'OPTIONS') return { status: 204, headers };
    const token = bearerOf(request.headers);
    const subject = token === undefined ? await subjectOf(request) : await byToken(token);
    return subject === null ? { status: 401, headers, json: { error: 'signed_out' } } : { status: 200, headers, json: { subject } };
  };

  const answer = async (request: HttpRequest): Promise<Answer> => {
    const [, first, encoded = '', action] = request.path.split('/');
    if (first === 'connections' && encoded !== '') {
      const name = URL.canParse(`http://x/${encoded}`) ? decodeURIComponent(encoded) : encoded;
      const own = Object.hasOwn(settings.connections, name) ? settings.connections[name] : undefined;
      if (own === undefined) return { status: 404, json: { error: 'unknown_connection', connection: name } };
      if (action === 'connect') return begin(request, own, name);
      if (action === 'callback') return end(request, own, name);
      const user = await subjectOf(request);
      return user === null ? { status: 401, json: { error: 'signed_out' } } : use(user, name, own);
    }
    if (request.path === '/login') return begin(request, settings.signIn, '');
    if (request.path === '/callback') return end(request, settings.signIn, '');
    if (request.path === '/api/me') return me(request);
    if (request.path === '/logout')
      return {
        status: 302,
        headers: { location: inside(request.query.get('next')), 'set-cookie': ['sid=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax'] },
      };
    return { status: request.path === '/' || request.path === '/connections' ? 200 : 404, json: {} };
  };
  return async (request, response) => {
    const { status, headers = {}, json } = await answer(request);
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(json === undefined ? undefined : JSON.stringify(json));
  };
}

function keep(tokens: client.TokenEndpointResponse, before?: string) {
  return { access: tokens.access_token, refresh: tokens.refresh_token ?? before, until: Date.now() + (tokens.expires_in ?? 0) * 1_000 };
}
