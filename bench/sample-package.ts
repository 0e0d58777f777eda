/** A package to measure with, made through the registry's own API. */
import { request } from 'undici';
import { z } from 'zod';
import { documents } from '../backends/platform/document.ts';
import type { UpLine } from '../fixtures/control.ts';

const answer = z.object({
  data: z.object({ packageConstruct: z.object({ __typename: z.literal('PackagePushSuccess'), revision: z.object({ hash: z.string() }) }) }),
});

/** Makes a package of so many entries, whose hashes and sizes are given so that no object is read; answers its name and top hash. */
export async function constructPackage(line: UpLine, entries: number): Promise<{ readonly name: string; readonly hash: string }> {
  const name = `bench/of-${entries}`;
  const src = {
    entries: Array.from({ length: entries }, (_, n) => ({
      logicalKey: `folder-${n % 10}/file-${n}.csv`,
      physicalKey: `s3://${line.bucket}/objects/${n}.csv`,
      hash: { type: 'SHA256', value: n.toString(16).padStart(64, '0') },
      size: n,
      meta: { user_meta: { index: n } },
    })),
  };
  const { statusCode, body } = await request(line.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${line.tokens.admin}` },
    body: JSON.stringify({
      query: documents.get('ConstructPackage').text,
      operationName: 'ConstructPackage',
      variables: { params: { bucket: line.bucket, name, message: 'to measure with' }, src },
    }),
  });
  const text = await body.text();
  const parsed = answer.safeParse(statusCode === 200 ? JSON.parse(text) : null);
  if (!parsed.success) throw new Error(`packageConstruct: expected PackagePushSuccess, got ${statusCode}: ${text.slice(0, 300)}`);
  return { name, hash: parsed.data.data.packageConstruct.revision.hash };
}
