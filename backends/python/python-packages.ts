/** Packages by quilt3 in Python. */
import { z } from 'zod';
import { QuiltError } from '../errors.ts';
import type { RevisionParams } from '../operations.ts';
import { hits, searchIndex } from '../quilt3/search-index.ts';
import type { Json } from '../shapes.ts';
import type { About } from './bridge-errors.ts';
import type { PythonCall, PythonTopic } from './python-call.ts';

/** Seconds that a content URL lives. */
const CONTENT_URL_SECONDS = 180;

const json = z.json() as z.ZodType<Json>;
const header = { topHash: z.string(), message: z.string().nullable(), metadata: json };
const info = z.object({
  ...header,
  modified: z.number().nullable(),
  workflow: z.string().nullable(),
  totalEntries: z.number(),
  totalBytes: z.number(),
});
const revisions = z.array(z.object({ ...header, modified: z.number() }));
const entry = z.object({
  path: z.string(),
  kind: z.enum(['file', 'directory']),
  size: z.number(),
  physicalKey: z.string().nullable(),
  metadata: json,
});
const listing = entry.extend({ children: z.array(entry).nullable() });
const names = z.array(z.string());
const pushed = z.object({ topHash: z.string(), totalEntries: z.number() });

const moment = (seconds: number): string => new Date(seconds * 1000).toISOString();

interface Place {
  readonly registry?: string;
  readonly name?: string;
  readonly hash?: string;
  readonly path?: string;
}

/** The parameters with the registry that counts, and what an error of them is about. */
function prepare<P extends Place>(call: PythonCall, params: P) {
  const registry = params.registry ?? call.session.registry;
  const bucket = registry === null ? undefined : /^(?:s3:\/\/)?([^/?#:]+)\/?$/.exec(registry)?.[1];
  const about: About = {
    ...(bucket !== undefined && { bucket }),
    ...(params.name !== undefined && { missing: { package: params.name, ...(params.hash !== undefined && { hash: params.hash }) } }),
    ...(params.path !== undefined && { path: params.path }),
  };
  return { bucket: bucket ?? '', about, params: { ...params, registry } };
}

function tagsOf(metadata: Json): readonly string[] {
  const tags = typeof metadata === 'object' && metadata !== null && 'tags' in metadata ? metadata['tags'] : [];
  return [tags].flat().filter((tag) => typeof tag === 'string');
}

async function write(call: PythonCall, given: RevisionParams) {
  const { bucket, about, params } = prepare(call, given);
  const files = params.files?.map((file) => ({ ...file, bytes: Buffer.from(file.bytes).toString('base64') }));
  return { bucket, name: given.name, ...(await call.ask({ ...params, files }, pushed, about)) };
}

export const packages: PythonTopic<
  | 'listPackages'
  | 'searchPackages'
  | 'packageInfo'
  | 'listRevisions'
  | 'browse'
  | 'contentUrl'
  | 'diff'
  | 'createRevision'
  | 'updateRevision'
  | 'deletePackage'
> = {
  async listPackages(call, given) {
    const { about, params } = prepare(call, given);
    return (await call.ask(params, names, about)).filter((name) => name.startsWith(given.prefix ?? ''));
  },

  async searchPackages(call, given) {
    const { bucket, about, params } = prepare(call, given);
    if (bucket === '')
      throw call.refuse('ValidationError', `registry: expected a bucket, got ${JSON.stringify(params.registry)}`, { field: 'registry' });
    const { limit } = given;
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
      throw call.refuse('ValidationError', `limit: expected a whole number above zero, got ${limit}`, { field: 'limit' });
    }
    const hit = hits.shape.hits.shape.hits;
    const ask = async (body: object, size: number) =>
      (await call.ask({ registry: bucket, body, size }, hit, about)).map(({ _source }) => _source);
    try {
      return await searchIndex(ask, bucket, given.query, limit);
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) {
        throw call.refuse('BackendError', `search: expected documents of the package index, got others: ${error.message}`, {
          code: 'broken-body',
        });
      }
      if (!(error instanceof QuiltError) || error.name !== 'PermissionError') throw error;
      // The registry refuses a bucket that does not exist as one that the user may not read; S3 tells the two apart.
      await call.ask({ registry: bucket }, names, about, 'listPackages');
      throw error;
    }
  },

  async packageInfo(call, given) {
    const { bucket, about, params } = prepare(call, given);
    const { modified, ...found } = await call.ask(params, info, about);
    if (modified === null)
      throw call.refuse('NotFoundError', `package: expected a push of ${found.topHash} among its versions, got none`, about.missing ?? {});
    return { bucket, name: given.name, ...found, modified: moment(modified), tags: tagsOf(found.metadata) };
  },

  async listRevisions(call, given) {
    const { about, params } = prepare(call, given);
    const rows = await call.ask(params, revisions, about);
    if (rows.length === 0) throw call.refuse('NotFoundError', `package: expected versions of ${given.name}, got none`, about.missing ?? {});
    return rows.map((row) => ({ ...row, modified: moment(row.modified) }));
  },

  browse(call, given) {
    const { about, params } = prepare(call, given);
    return call.ask(params, listing, about);
  },

  async contentUrl(call, given) {
    const { about, params } = prepare(call, given);
    return { url: await call.ask({ ...params, seconds: CONTENT_URL_SECONDS }, z.string(), about) };
  },

  diff(call, given) {
    const { about, params } = prepare(call, given);
    return call.ask(params, z.object({ added: names, modified: names, deleted: names }), about);
  },

  createRevision: write,
  updateRevision: write,

  async deletePackage(call, given) {
    const { about, params } = prepare(call, given);
    await call.ask(params, z.null(), about);
    return {};
  },
};
