/** Writes every file that is made from code; the harness tests fail while one of them is not current. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../suites/case/suite-files.ts';
import { pages } from './pages/pages.ts';

for (const [path, text] of Object.entries(pages)) writeFileSync(join(root, path), text());
