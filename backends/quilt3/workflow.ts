/** The bucket's workflow configuration: what it asks of a revision, and what it leaves in the header. */
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Call, errorOf } from './call.ts';
import type { ExactRecord } from './exact-json.ts';
import { toExact, toJson } from './exact-json.ts';
import { type Manifest, walk } from './manifest.ts';
import { getObject } from './objects.ts';
import { parsePhysicalKey, printPhysicalKey } from './physical-key.ts';
import { WORKFLOWS } from './registry-layout.ts';

const workflow = z.object({
  handle_pattern: z.string().optional(),
  metadata_schema: z.string().optional(),
  entries_schema: z.string().optional(),
  is_message_required: z.boolean().default(false),
});

const configuration = z.object({
  is_workflow_required: z.boolean().default(true),
  default_workflow: z.string().optional(),
  workflows: z.record(z.string(), workflow),
  schemas: z.record(z.string(), z.object({ url: z.string() })).default({}),
});

export interface WorkflowConfiguration extends z.infer<typeof configuration> {
  /** S3 URL with the version that was read. */
  readonly url: string;
}

/** The configuration of a bucket, or null where there is none; a BackendError when it cannot be read. */
export async function readConfiguration(call: Call, bucket: string): Promise<WorkflowConfiguration | null> {
  const found = await getObject(call, { bucket, key: WORKFLOWS, versionId: null });
  if (found === null) return null;
  const url = printPhysicalKey({ bucket, key: WORKFLOWS, versionId: found.versionId });
  try {
    return { ...configuration.parse(parse(found.text)), url };
  } catch (error) {
    throw errorOf(
      call,
      'BackendError',
      `${url}: expected a workflow configuration, got ${(error as Error).message}`,
      { code: 'broken-body' },
      error,
    );
  }
}

/** Puts a revision before its default workflow: `workflow` of the header, or a ValidationError naming what it refuses. */
export async function applyWorkflow(call: Call, config: WorkflowConfiguration, name: string, manifest: Manifest): Promise<ExactRecord> {
  const id = config.default_workflow ?? null;
  const refuse = (field: string, message: string) => errorOf(call, 'ValidationError', `workflow ${id}: ${message}`, { field });
  if (id === null && config.is_workflow_required) throw refuse('workflow', 'expected one, since one is required, got none by default');
  const rules = id === null ? workflow.parse({}) : config.workflows[id];
  if (rules === undefined) throw refuse('workflow', 'expected it in the configuration, got none of that name');
  if (rules.is_message_required && !manifest.header['message']) throw refuse('message', 'expected a message, got none');
  if (rules.handle_pattern !== undefined && !new RegExp(rules.handle_pattern, 'u').test(name)) {
    throw refuse('name', `expected a name that fits ${rules.handle_pattern}, got ${name}`);
  }
  const used: Record<string, string> = {};
  for (const [schemaId, field] of [
    [rules.metadata_schema, 'metadata'],
    [rules.entries_schema, 'uris'],
  ] as const) {
    if (schemaId === undefined) continue;
    const schema = await readSchema(call, config, schemaId);
    used[schemaId] = schema.url;
    const ajv = new Ajv({ strict: false, allErrors: true });
    const value = field === 'metadata' ? toJson(manifest.header['user_meta'] ?? {}) : entriesOf(manifest);
    if (!ajv.validate(schema.json, value)) throw refuse(field, `expected ${field} that fit ${schemaId}, got ${ajv.errorsText()}`);
  }
  return { id, config: config.url, ...(Object.keys(used).length > 0 && { schemas: used }) };
}

/** What an entries schema is asked about, as quilt3 has it. */
function entriesOf(manifest: Manifest) {
  return walk(manifest).map(([logicalKey, { size, meta }]) => ({ logical_key: logicalKey, size, meta: toJson(meta['user_meta'] ?? {}) }));
}

async function readSchema(call: Call, config: WorkflowConfiguration, id: string): Promise<{ readonly url: string; readonly json: object }> {
  const url = config.schemas[id]?.url;
  const where = url === undefined ? null : parsePhysicalKey(url);
  const found = where && (await getObject(call, where));
  if (where === null || found === null)
    throw errorOf(call, 'BackendError', `workflow schema ${id}: expected it at ${url ?? 'a URL'}, got none`);
  try {
    const json = toJson(toExact(JSON.parse(found.text)));
    if (typeof json !== 'object' || json === null) throw new SyntaxError('no object');
    return { url: printPhysicalKey({ ...where, versionId: found.versionId }), json };
  } catch (error) {
    throw errorOf(
      call,
      'BackendError',
      `workflow schema ${id}: expected JSON at ${url}, got ${(error as Error).message}`,
      { code: 'broken-body' },
      error,
    );
  }
}
