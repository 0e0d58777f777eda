/** The table that `npm run bench` prints. */
import { availableParallelism } from 'node:os';
import { renderTable } from '../reports/text-table.ts';
import type { Judged } from './figure.ts';

/** The whole text, ending in a newline: a row a figure, how each was measured below, and the machine's load at the start, which bends them all. */
export function renderFigures(figures: readonly Judged[], troubles: readonly string[], load: number): string {
  const rows = figures.map(({ name, value, unit, budget, ofBudget, peer, ofPeer, verdict }) => [
    name,
    `${round(value)} ${unit}`,
    budget === null ? '' : `${budget.kind === 'most' ? '≤' : '≥'} ${budget.value} ${unit}`,
    ofBudget === null ? '' : ofBudget.toFixed(2),
    verdict === 'no budget' ? '' : verdict,
    peer === null ? '' : `${round(peer.value)} ${unit}`,
    ofPeer === null ? '' : ofPeer.toFixed(2),
  ]);
  const table = renderTable(['figure', 'value', 'budget', 'of it', '', 'peer', 'of peer'], rows, { color: false, width: 160 });
  const how = figures.map((each) => `${each.name}: ${each.how}${each.peer === null ? '' : `; peer: ${each.peer.name}`}`);
  const machine = `${availableParallelism()} cores, load ${load.toFixed(1)} at the start`;
  return [...table, '', ...how, machine, ...troubles.map((trouble) => `could not be measured: ${trouble}`), ''].join('\n');
}

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
