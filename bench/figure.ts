/** What the benchmark measures, and how a measured value stands to its budget. */

/** A value that was measured, with the budget that the design gives it. */
export interface Figure {
  readonly name: string;
  /** The measured value, in `unit`; the median where it was measured several times. */
  readonly value: number;
  readonly unit: 's' | 'ms' | 'µs' | 'MB' | '/s' | '×';
  /** `most`: the value may not be above it; `least`: not below. Null where there is no budget. */
  readonly budget: { readonly kind: 'most' | 'least'; readonly value: number } | null;
  /** A named peer that was measured in the same run; null where there is none. */
  readonly peer: { readonly name: string; readonly value: number } | null;
  /** How it was measured, in a few words. */
  readonly how: string;
}

/** A figure as it is reported. */
export interface Judged extends Figure {
  /** The value over its budget; null without a budget. */
  readonly ofBudget: number | null;
  /** The value over the peer's; null without a peer. */
  readonly ofPeer: number | null;
  readonly verdict: 'ok' | 'over' | 'no budget';
}

/** A figure without budget or peer unless `but` gives one. */
export function figure(name: string, value: number, unit: Figure['unit'], how: string, but: Partial<Figure> = {}): Figure {
  return { name, value, unit, how, budget: null, peer: null, ...but };
}

/** Holds a figure against its budget. A value that is no number is over any budget. */
export function judgeFigure(measured: Figure): Judged {
  const { value, budget, peer } = measured;
  const within = budget === null || (budget.kind === 'most' ? value <= budget.value : value >= budget.value);
  return {
    ...measured,
    ofBudget: budget === null ? null : value / budget.value,
    ofPeer: peer === null ? null : value / peer.value,
    verdict: budget === null ? 'no budget' : within ? 'ok' : 'over',
  };
}

/** The middle of the values, or the mean of the two in the middle. Throws without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('median: expected at least one value, got none');
  return (low + high) / 2;
}
