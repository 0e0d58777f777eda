/** Sign-in, catalog, buckets and credentials. */
import type { Call, Handlers } from './call.ts';
import { levelOf, originOf } from './call.ts';
import { answerGraphql } from './graphql-subset.ts';
import { bearerOf, catalogUrlOf, graphqlUrlOf, registryUrlOf, trimmed } from './sources.ts';
import type { StackBucket } from './state.ts';

export const session: Handlers<
  'authStatus' | 'catalogConfig' | 'configureCatalog' | 'registryUrl' | 'listBuckets' | 'bucketInfo' | 'awsCredentials' | 'graphql'
> = {
  authStatus(call) {
    const catalogUrl = catalogUrlOf(call.sources);
    const registryUrl = registryUrlOf(call.sources) ?? (catalogUrl === null ? null : call.model.places.registryUrl);
    const places = { catalogUrl: catalogUrl && trimmed(catalogUrl), registryUrl: registryUrl && trimmed(registryUrl) };
    if (bearerOf(call.sources) === null && call.sources.settings.refreshToken === undefined) {
      return { authenticated: false, user: null, ...places };
    }
    const { name, email, isAdmin, role, extraRoles } = call.user().user;
    // Nobody without a role is given a token: Me.role is non-null in the schema.
    if (role === null) throw new Error(`${name}: expected a role of who is signed in, got none`);
    const roles = [role, ...extraRoles].map((each) => each.name);
    return { authenticated: true, user: { name, email, isAdmin, role: role.name, roles }, ...places };
  },

  catalogConfig(call) {
    const url = catalogUrlOf(call.sources);
    if (url === null && bearerOf(call.sources) === null) throw call.wrong('catalogUrl');
    if (url === null) throw call.refuse('AuthenticationError', { field: 'catalog_url' });
    return configOf(call, url);
  },

  configureCatalog(call, { catalogUrl }) {
    if (!/^https?:\/\/[^/\s]+/.test(catalogUrl)) throw call.wrong('catalogUrl');
    return configOf(call, catalogUrl);
  },

  registryUrl(call) {
    const named = registryUrlOf(call.sources);
    if (named !== null) return { registryUrl: trimmed(named) };
    const catalogUrl = catalogUrlOf(call.sources);
    if (catalogUrl !== null) return { registryUrl: configOf(call, catalogUrl).registryUrl };
    if (bearerOf(call.sources) === null) throw call.wrong('registryUrl');
    throw call.refuse('AuthenticationError', { field: 'registry_url' });
  },

  listBuckets(call) {
    const { user, tenant } = call.user();
    return [...tenant.stack.keys()].filter((name) => levelOf(tenant, user, name) !== null);
  },

  bucketInfo(call, { bucket }) {
    const { user, tenant } = call.user();
    const found = tenant.stack.get(bucket);
    if (found === undefined || levelOf(tenant, user, bucket) === null) throw call.missing({ bucket });
    return infoOf(bucket, found);
  },

  awsCredentials(call) {
    const { user, tenant } = call.user();
    const { fresh } = call.model;
    const keys = { accessKeyId: fresh('key'), secretAccessKey: fresh('secret'), sessionToken: fresh('session') };
    tenant.temporaryKeys.set(keys.accessKeyId, { ...keys, user, expires: tenant.clock + tenant.spec.credentialSeconds });
    return { ...keys, expires: `${call.at}+${tenant.spec.credentialSeconds}` };
  },

  graphql(call, { query }) {
    call.filled('query', query);
    if (graphqlUrlOf(call.sources) === null && registryUrlOf(call.sources) === null && bearerOf(call.sources) === null)
      throw call.wrong('registryUrl');
    const asker = bearerOf(call.sources) === null && call.sources.settings.refreshToken === undefined ? null : call.user();
    return call.told ?? answerGraphql(asker, query);
  },
};

export function infoOf(name: string, { title, description, tags }: StackBucket) {
  return { name, title, description, tags };
}

/** The configuration of the tenant's catalog, which is public. At any other place nothing is allowed to be asked. */
function configOf(call: Call, catalogUrl: string) {
  const { places } = call.model;
  if (originOf(catalogUrl) !== originOf(places.catalogUrl)) throw call.refuse('BackendError', { code: 'refused' });
  call.contact(call.model.tenants.find((tenant) => trimmed(tenant.catalogUrl) === trimmed(catalogUrl)));
  const { region, apiGatewayEndpoint, analyticsBucket } = places;
  return { catalogUrl: trimmed(catalogUrl), registryUrl: trimmed(places.registryUrl), region, apiGatewayEndpoint, analyticsBucket };
}
