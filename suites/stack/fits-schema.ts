/** Whether a value fits a JSON Schema, told without the value. */
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CheckBroken } from '../case/resource-check.ts';

const MOST = 5;

/** What is wrong, at most five lines: where and which rule. Throws CheckBroken for a schema that is none. */
export function problemsOf(schema: Readonly<Record<string, unknown>>, value: unknown): readonly string[] {
  const options = { allErrors: true, strict: false, validateFormats: false } as const;
  const ajv = String(schema['$schema'] ?? '').includes('2020-12') ? new Ajv2020(options) : new Ajv(options);
  let validate: ReturnType<typeof ajv.compile>;
  try {
    validate = ajv.compile(schema);
  } catch (cause) {
    throw new CheckBroken(`schema in the target file: expected a JSON Schema, got ${(cause as Error).message}`, { cause });
  }
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const told = errors.slice(0, MOST).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  return errors.length > MOST ? [...told, `and ${errors.length - MOST} more`] : told;
}
