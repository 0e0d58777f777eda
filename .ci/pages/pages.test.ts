import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { outcomes } from '../../backends/outcomes.ts';
import { root } from '../../suites/case/suite-files.ts';
import { pages } from './pages.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('files made from code', () => {
  for (const [path, text] of Object.entries(pages)) {
    it(`${path} is current; \`node .ci/make-pages.ts\` writes it`, () => {
      expect(read(path)).toBe(text());
    });
  }

  it('docs/outcomes.md has a row for each precondition of each operation', () => {
    const rows = read('docs/outcomes.md').split('\n');
    for (const [operation, preconditions] of Object.entries(outcomes)) {
      const start = rows.indexOf(`## ${operation}`);
      expect(start, operation).toBeGreaterThan(0);
      const end = rows.findIndex((row, at) => at > start && row.startsWith('## '));
      expect(rows.slice(start, end).filter((row) => row.startsWith('| ')).length - 2, operation).toBe(Object.keys(preconditions).length);
    }
  });
});

describe('target.schema.json', () => {
  const validate = new Ajv2020({ validateFormats: false }).compile(JSON.parse(read('fixtures/targets/target.schema.json')));
  const example = (name: string) => parse(read(`fixtures/targets/${name}.yaml`)) as Record<string, unknown>;

  for (const name of ['by-hand', 'read-only']) {
    it(`takes ${name}.yaml`, () => {
      expect(validate(example(name)), JSON.stringify(validate.errors)).toBe(true);
    });
  }

  it('refuses an unknown key, a wrong value and a secret in the file', () => {
    const good = example('read-only');
    expect(validate({ ...good, write: 'never' })).toBe(false);
    expect(validate({ ...good, writes: 'always' })).toBe(false);
    expect(validate({ ...good, tokens: { user: 'abc' } })).toBe(false);
  });
});
