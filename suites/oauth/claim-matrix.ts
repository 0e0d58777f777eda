/** Tokens that are well signed and not good here: each claim wrong, by each who makes tokens. */
import type { Statement } from '../case/check.ts';
import { answerTo, mintersOf, requireGood } from './api-tokens.ts';
import type { AppStage } from './app-stage.ts';

/** Statements that each set of claims is refused. Throws CheckBroken where a good token is refused too. */
export async function refusesClaims(
  stage: AppStage,
  matrix: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  mend: string,
): Promise<readonly Statement[]> {
  const statements: Statement[] = [];
  for (const minter of mintersOf(stage)) {
    await requireGood(stage, minter);
    for (const [what, claims] of Object.entries(matrix))
      statements.push({
        what: `a token of ${minter.of} ${what}`,
        expected: 'refused',
        got: await answerTo(stage, await minter.mint(claims)),
        mend,
      });
  }
  return statements;
}
