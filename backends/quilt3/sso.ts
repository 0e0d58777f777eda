/** The configuration of single sign-on. */
import { z } from 'zod';
import { ask } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { errorOf, type Topic } from './call.ts';
import { document } from './documents.ts';
import { failureError, invalidInput, operationError } from './failures.ts';

const wholeConfig = z.object({ text: z.string(), timestamp: z.string(), uploader: z.object({ name: z.string() }) });

const getSso = document('GetSso', { admin: z.object({ ssoConfig: wholeConfig.nullable() }) });
const setSso = document('SetSso', {
  admin: z.object({
    setSsoConfig: z
      .discriminatedUnion('__typename', [wholeConfig.extend({ __typename: z.literal('SsoConfig') }), invalidInput, operationError])
      .nullable(),
  }),
});

const view = ({ text, timestamp, uploader }: z.infer<typeof wholeConfig>) => ({ text, timestamp, uploader: uploader.name });

export const sso: Topic<'admin.sso.get' | 'admin.sso.set' | 'admin.sso.remove'> = {
  'admin.sso.get': {
    uses: [getSso],
    async run(call) {
      const { ssoConfig } = (await ask(call, getSso)).admin;
      return ssoConfig && view(ssoConfig);
    },
  },
  'admin.sso.set': {
    uses: [setSso],
    async run(call, { config }) {
      rejectBlank(call, { config });
      const result = (await ask(call, setSso, { config })).admin.setSsoConfig;
      if (result === null)
        throw errorOf(call, 'BackendError', 'SetSso: expected the configuration that was set, got null', { code: 'broken-body' });
      if (result.__typename !== 'SsoConfig') throw failureError(call, result, {});
      return view(result);
    },
  },
  'admin.sso.remove': {
    uses: [setSso],
    async run(call) {
      const result = (await ask(call, setSso, { config: null })).admin.setSsoConfig;
      if (result !== null && result.__typename !== 'SsoConfig') throw failureError(call, result, {});
      return {};
    },
  },
};
