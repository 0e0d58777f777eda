/** The recording of a case, as `repro` writes it into its file and `replay` reads it: what one side of it sent, was answered, and saw on its clocks. */
import { z } from 'zod';

/** A body: its text, its bytes in base64, or only its hash where it is too large to keep. */
const body = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.base64() }),
  z.strictObject({ sha256: z.string(), bytes: z.int().nonnegative() }),
]);

const headers = z.record(z.string(), z.string());

const send = z.strictObject({
  method: z.string(),
  url: z.url(),
  headers,
  body: body.nullable(),
  answer: z.strictObject({ status: z.int(), headers, body: body.nullable() }).nullable(),
  failure: z.strictObject({ aborted: z.boolean(), code: z.string().nullable(), message: z.string() }).nullable(),
});

const side = z.strictObject({
  /** When its world was made. */
  made: z.strictObject({ startedAt: z.number(), endedAt: z.number() }).nullable(),
  /** What the clock of each client said, in the order in which they were opened and it was asked. */
  clocks: z.array(z.array(z.number())),
  /** When each call began and ended, by its number from 1. */
  calls: z.array(z.tuple([z.number(), z.number()]).nullable()),
  /** What the control endpoint answered, in order. */
  control: z.array(z.strictObject({ request: z.string(), answer: z.unknown() })),
  sends: z.array(send),
});

/** What is read of a target here; the rest of it is whatever `repro` resolved. */
const target = z.looseObject({ name: z.string(), catalogUrl: z.url(), registryUrl: z.url(), buckets: z.array(z.string()) });

export const recordingSchema = z.strictObject({
  target,
  /** The live schema's introspection, as JSON in one text. */
  schema: z.string(),
  /** What names on a deployment are made from. */
  run: z.strictObject({ id: z.string(), part: z.string() }),
  /** What the tokens said that stand-ins stand for. */
  tokens: z.record(z.string(), z.strictObject({ header: z.unknown(), claims: z.unknown() })),
  /** `quilt3`, `quilt3>platform`, or the id of a check → what it did. */
  sides: z.record(z.string(), side),
});

export type KeptBody = Readonly<z.infer<typeof body>>;
export type RecordedSend = Readonly<z.infer<typeof send>>;
export type RecordedSide = Readonly<z.infer<typeof side>>;
export type Recording = Readonly<z.infer<typeof recordingSchema>>;
