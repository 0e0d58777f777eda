/** Administration of single sign-on. */
import { z } from 'zod';
import { document } from './document.ts';
import { invalidInput, operationError, refusal } from './failures.ts';
import { type Client, type Topic, using } from './operation.ts';
import { rejectBlank } from './parameters.ts';

const wholeConfig = z.object({ text: z.string(), timestamp: z.string(), uploader: z.object({ name: z.string() }) });

const ssoConfiguration = document('SsoConfiguration', z.object({ admin: z.object({ ssoConfig: wholeConfig.nullable() }) }));

const setSsoConfiguration = document(
  'SetSsoConfiguration',
  z.object({
    admin: z.object({
      setSsoConfig: z
        .discriminatedUnion('__typename', [wholeConfig.extend({ __typename: z.literal('SsoConfig') }), invalidInput, operationError])
        .nullable(),
    }),
  }),
);

function configOf({ text, timestamp, uploader }: z.infer<typeof wholeConfig>) {
  return { text, timestamp, uploader: uploader.name };
}

/** Sets the configuration, or with null removes it; null when there is none afterwards. */
async function set(client: Client<typeof setSsoConfiguration>, config: string | null) {
  const answer = (await client.ask(setSsoConfiguration, { config })).admin.setSsoConfig;
  if (answer === null) return null;
  if (answer.__typename !== 'SsoConfig') throw refusal(client, answer, {});
  return configOf(answer);
}

export const ssoTopic: Topic<'admin.sso.get' | 'admin.sso.set' | 'admin.sso.remove'> = {
  'admin.sso.get': using([ssoConfiguration], async (client) => {
    const config = (await client.ask(ssoConfiguration)).admin.ssoConfig;
    return config === null ? null : configOf(config);
  }),
  'admin.sso.set': using([setSsoConfiguration], async (client, { config }) => {
    rejectBlank(client, { config });
    const now = await set(client, config);
    if (now === null)
      throw client.error('BackendError', 'SSO configuration: expected the one that was set, got null', { code: 'broken-body' });
    return now;
  }),
  'admin.sso.remove': using([setSsoConfiguration], async (client) => {
    if ((await set(client, null)) === null) return {};
    throw client.error('BackendError', 'SSO configuration: expected none after its removal, got one', { code: 'broken-body' });
  }),
};
