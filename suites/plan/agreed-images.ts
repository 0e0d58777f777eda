/** Images whose digests the target file names, held against those of an input. */
import { type Expectations, isStackOutput } from './expectations.ts';
import { type NotKnown, notKnown } from './rule.ts';

/** Those whose repository only the stack knows: which image of the input they are is not known, so none is compared with them. */
export function* agreedLater({ images }: Expectations, file: string): Iterable<NotKnown> {
  for (const [label, { uri, digest }] of Object.entries(images))
    if (digest !== undefined && isStackOutput(uri))
      yield notKnown({
        resource: `images.${label}`,
        place: { file, line: null, column: null },
        message: 'digest',
        reason: `of ${uri}, which only the stack knows`,
      });
}
