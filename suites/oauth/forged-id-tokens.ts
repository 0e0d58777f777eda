/** Signs in with ID tokens that are wrong in one thing each. */
import type { FlowSpec } from '../../fixtures/provider-control.ts';
import type { Statement } from '../case/check.ts';
import { type AppStage, refusal } from './app-stage.ts';
import { newPerson, signedInPerson, signIn } from './steered-provider.ts';

/** Statements that each forgery signs nobody in. Throws CheckBroken where an honest sign-in fails too. */
export async function refusesForgeries(
  stage: AppStage,
  forgeries: Readonly<Record<string, FlowSpec>>,
  mend: string,
): Promise<readonly Statement[]> {
  await signedInPerson(stage);
  const statements: Statement[] = [];
  for (const [what, spec] of Object.entries(forgeries)) {
    const person = await newPerson(stage, spec);
    statements.push(...(await refusal(stage, person.browser, `sign-in with ${what}`, await signIn(stage, person), mend)));
  }
  return statements;
}
