import { describe, expect, it } from 'vitest';
import { judgeTold, type KnownFinding, readFindings, type Told } from './mcp-findings.ts';

const call = (id: string, wrong: readonly string[]): Told => ({ id, tool: 'a_tool', parameters: {}, answer: null, graphql: [], wrong });
const known: KnownFinding = {
  title: 't',
  calls: ['a'],
  modes: ['legacy'],
  breaks: 'schema',
  says: ['Cannot query', 'lives at'],
  reason: 'r',
};

describe('the findings of quilt-mcp', () => {
  it('are known when every string of theirs is in what is wrong', () => {
    const told = [call('a', ['Cannot query x; it lives at y']), call('b', [])];
    expect(judgeTold('legacy', told, [known])).toEqual({ wrong: [], known: 1 });
  });

  it.each([
    ['a new one', [call('a', ['Cannot query x; it lives at y']), call('b', ['boom'])], 'b (a_tool): boom'],
    ['one that happens otherwise', [call('a', ['Cannot query x'])], 'expected ["lives at"], got Cannot query x'],
    ['one that no longer happens', [call('a', [])], 'got a call that completes'],
    ['one of a call that is not there', [], 'expected a call named a, got none'],
  ])('fail when there is %s', (_, told, says) => {
    expect(judgeTold('legacy', told, [known]).wrong.join('\n')).toContain(says);
  });

  it('are those of their mode alone', () => {
    expect(judgeTold('remote', [call('a', [])], [known])).toEqual({ wrong: [], known: 0 });
  });

  it('are each written once, and can be read', () => {
    const places = readFindings().flatMap(({ calls, modes }) => calls.flatMap((id) => modes.map((mode) => `${mode} ${id}`)));
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeGreaterThan(0);
  });
});
