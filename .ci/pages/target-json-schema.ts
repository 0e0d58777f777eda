/** `fixtures/targets/target.schema.json`: the form of a target file for editors, out of `fixtures/target-schema.ts`. */
import { z } from 'zod';
import { targetSchema } from '../../fixtures/target-schema.ts';

/** Any text of a target file may name environment variables, which are filled in before it is checked. */
const VARIABLE = { type: 'string', pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}' } as const;

/** The JSON Schema of a target file before its variables are filled in, as text. */
export function targetJsonSchema(): string {
  const schema = z.toJSONSchema(targetSchema, {
    io: 'input',
    override({ jsonSchema }) {
      const { type, format, pattern, enum: values, description, ...rest } = jsonSchema;
      if (type !== 'string' || (format === undefined && pattern === undefined && values === undefined)) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      const fixed = { type, ...(format && { format }), ...(pattern && { pattern }), ...(values && { enum: values }) };
      Object.assign(jsonSchema, { ...(description && { description }), ...rest, anyOf: [fixed, VARIABLE] });
    },
  });
  const text = JSON.stringify({ title: 'Crosscheck target', ...schema }, null, 2);
  // Lists of words on one line, as the formatter has them.
  return `${text.replaceAll(/\[([^[\]{}]*)\]/g, (_, words: string) => `[${words.trim().replaceAll(/\s*\n\s*/g, ' ')}]`)}\n`;
}
