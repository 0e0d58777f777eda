/** What the bucket's workflow configuration demands of a push. */
import type { Json } from '../shapes.ts';
import type { Call } from './call.ts';
import type { StoredBucket } from './state.ts';
import { readYaml } from './yaml-subset.ts';

const CONFIGURATION = '.quilt/workflows/config.yml';

/** The workflow that the header records, or undefined without a configuration; refuses as quilt3 8.0.0 does. Schemas of metadata and entries are not modelled. */
export function applyWorkflow(
  call: Call,
  bucket: StoredBucket,
  name: string,
  message: string | null,
): { readonly id: string | null } | undefined {
  const text = bucket.objects.get(CONFIGURATION)?.at(-1)?.text;
  if (text === undefined || text === null) return undefined;
  const config = readYaml(text);
  const workflows = record(record(config)?.['workflows']);
  if (workflows === undefined) throw call.refuse('BackendError', {});
  const id = record(config)?.['default_workflow'];
  if (typeof id !== 'string') {
    if (record(config)?.['is_workflow_required'] !== false) throw call.wrong('workflow');
    return { id: null };
  }
  const workflow = record(workflows[id]);
  if (workflow === undefined) throw call.wrong('workflow');
  if (workflow['is_message_required'] === true && (message ?? '') === '') throw call.wrong('message');
  const pattern = workflow['handle_pattern'];
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(name)) throw call.wrong('name');
  return { id };
}

function record(value: Json | undefined): { readonly [key: string]: Json } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : undefined;
}
