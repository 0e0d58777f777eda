/** Lines of CloudWatch log groups. */
import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '../../backends/wire/aws.ts';
import { orMissing } from './answers.ts';

/** 10,000 lines a page; what was written since one rollout and did not fit was not seen. */
const MOST_PAGES = 30;
const LONGEST_LINE = 200;

export interface Lines {
  readonly lines: readonly FilteredLogEvent[];
  /** False when there were more lines than are read. */
  readonly whole: boolean;
}

/** Lines of a group since a moment, in their order; null where there is no such group. */
export async function linesSince(aws: Aws, logGroupName: string, since: Date): Promise<Lines | null> {
  const logs = await aws.client('logs');
  const lines: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await orMissing(logs.filterLogEvents({ logGroupName, startTime: since.getTime(), nextToken }), [
      'ResourceNotFoundException',
    ]);
    if (answer === null) return null;
    lines.push(...(answer.events ?? []));
    nextToken = answer.nextToken;
    if (nextToken === undefined) return { lines, whole: true };
  }
  return { lines, whole: false };
}

/** The last lines as one text, each cut; undefined for none. */
export function lastLines(lines: readonly FilteredLogEvent[], most: number): string | undefined {
  const told = lines.slice(-most).map(lineOf);
  return told.length === 0 ? undefined : told.join(' | ');
}

/** When a line was written, and its text, cut. */
export function lineOf({ timestamp = 0, message = '' }: FilteredLogEvent): string {
  const text = message.trim().replaceAll(/\s*\n\s*/g, ' ');
  return `${new Date(timestamp).toISOString()} ${text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text}`;
}
