/** P-22: the switch of a server that has both backends. */
import { QuiltError } from '../../backends/errors.ts';
import { type CheckStage, check } from '../case/check.ts';

/** What each value of QUILT_MULTITENANT_MODE picks; null is unset. */
const table: Readonly<Record<string, { readonly mode: string | null; readonly picks: string }>> = {
  unset: { mode: null, picks: 'quilt3' },
  empty: { mode: '', picks: 'quilt3' },
  blank: { mode: '  ', picks: 'quilt3' },
  true: { mode: 'true', picks: 'platform' },
  'true-in-capitals': { mode: 'TRUE', picks: 'platform' },
  'true-with-blanks': { mode: ' true ', picks: 'platform' },
  false: { mode: 'false', picks: 'quilt3' },
  'false-in-capitals': { mode: 'False', picks: 'quilt3' },
  one: { mode: '1', picks: 'ValidationError of QUILT_MULTITENANT_MODE' },
  yes: { mode: 'yes', picks: 'ValidationError of QUILT_MULTITENANT_MODE' },
  rubbish: { mode: 'treu', picks: 'ValidationError of QUILT_MULTITENANT_MODE' },
};

export default check({
  title: 'QUILT_MULTITENANT_MODE picks the Platform backend when true, quilt3 when false or unset, and refuses anything else',
  level: 'must',
  incidents: ['P-22'],
  points: () => Object.keys(table).map((mode) => ({ mode })),
  async ask({ at, pickBackend }) {
    const row = table[at['mode'] ?? ''];
    if (row === undefined) return [];
    return [{ what: `backend for ${JSON.stringify(row.mode)}`, expected: row.picks, got: pick(pickBackend, row.mode) }];
  },
});

function pick(pickBackend: CheckStage['pickBackend'], mode: string | null): string {
  try {
    return pickBackend(mode === null ? {} : { QUILT_MULTITENANT_MODE: mode });
  } catch (error) {
    return error instanceof QuiltError ? `${error.name} of ${error.detail.field}` : String(error);
  }
}
