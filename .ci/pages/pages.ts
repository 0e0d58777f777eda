/** Files that are made from code, so that they cannot say anything else than the code. */
import { faultsPage } from './faults-page.ts';
import { operationsPage } from './operations-page.ts';
import { outcomesPage } from './outcomes-page.ts';
import { planRulesPage } from './plan-rules-page.ts';
import { rulesPage } from './rules-page.ts';
import { targetJsonSchema } from './target-json-schema.ts';

/** Path from the checkout's root → what makes the file's text. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/faults.md': faultsPage,
  'docs/outcomes.md': outcomesPage,
  'docs/operations.md': operationsPage,
  'docs/rules.md': rulesPage,
  'docs/plan-rules.md': planRulesPage,
  'fixtures/targets/target.schema.json': targetJsonSchema,
};
