/** Single sign-on and the buckets of the stack by quilt3.admin in Python. */
import { z } from 'zod';
import type { PythonTopic } from './python-call.ts';

const ssoConfig = z.object({ text: z.string(), timestamp: z.string(), uploader: z.object({ name: z.string() }) });

const viewSso = ({ text, timestamp, uploader }: z.infer<typeof ssoConfig>) => ({ text, timestamp, uploader: uploader.name });

export const stack: PythonTopic<`admin.sso.${'get' | 'set' | 'remove'}` | 'admin.buckets.remove'> = {
  'admin.sso.get': async (call) => {
    const value = await call.ask({}, ssoConfig.nullable());
    return value && viewSso(value);
  },
  'admin.sso.set': async (call, params) => {
    call.rejectBlank({ config: params.config });
    return viewSso(await call.ask(params, ssoConfig));
  },
  'admin.sso.remove': async (call) => {
    await call.ask({}, z.null());
    return {};
  },

  'admin.buckets.remove': async (call, params) => {
    await call.ask(params, z.null(), { bucket: params.name });
    return {};
  },
};
