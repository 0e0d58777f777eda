/** What a proxy has seen so far, counted. */
import type { Finding } from '../../../schemas/finding.ts';
import type { SentDocument } from '../../../schemas/reconcile.ts';
import type { Judgement } from './judge-exchange.ts';
import type { PassedExchange } from './passed-exchange.ts';

/** One way in which something did not fit, and how often it was seen. */
export interface SeenFinding extends Pick<Finding, 'rule' | 'severity' | 'subject' | 'message' | 'path'> {
  readonly operation: string;
  readonly count: number;
  /** Number of the first exchange. */
  readonly first: number;
}

export interface ProxySummary {
  readonly requests: number;
  /** Requests that ask in GraphQL, judged or not. */
  readonly graphql: number;
  /** Documents and answers that were judged. */
  readonly documents: number;
  readonly answers: number;
  /** Requests that were answered with a violation in place of being forwarded. */
  readonly refused: number;
  /** Requests whose answer never came whole, by what happened. */
  readonly broken: Readonly<Record<string, number>>;
  /** Violations first, the most frequent first. */
  readonly findings: readonly SeenFinding[];
  /** Every document that clients sent, each once, with the exchange that it was first seen in. */
  readonly sent: readonly SentDocument[];
  /** Reason → how often. */
  readonly notJudged: Readonly<Record<string, number>>;
  /** What went wrong in judging or recording itself. */
  readonly troubles: readonly string[];
}

/** Most findings told apart, and most documents; more findings are counted under the rule alone, more documents not. */
const MOST = 1000;

export interface Tally {
  /** Counts an exchange; its findings must be redacted. Returns those never seen before. */
  add(passed: PassedExchange, judgement: Judgement | null): readonly SeenFinding[];
  trouble(message: string): void;
  summary(): ProxySummary;
}

export function createTally(): Tally {
  let [requests, graphql, documents, answers, refused] = [0, 0, 0, 0, 0];
  const broken = new Map<string, number>();
  const notJudged = new Map<string, number>();
  const findings = new Map<string, SeenFinding>();
  const sent = new Map<string, SentDocument>();
  const troubles = new Set<string>();
  return {
    add(passed, judgement) {
      requests++;
      if (passed.refused !== null) refused++;
      if (passed.error !== null) count(broken, passed.error);
      if (passed.kind === 'socket') count(notJudged, 'a socket of another protocol');
      if (judgement === null) return [];
      graphql++;
      documents += judgement.documents;
      answers += judgement.answers;
      for (const reason of judgement.notJudged) count(notJudged, reason);
      for (const { key, operation } of judgement.asked) {
        const known = sent.get(key) ?? { key, operation, count: 0, note: `exchange ${passed.id}` };
        if (known.count > 0 || sent.size < MOST) sent.set(key, { ...known, count: known.count + 1 });
      }
      return judgement.findings.flatMap((finding) => {
        const isNew = see(findings, finding, judgement.operation ?? 'anonymous', passed.id);
        return isNew === null ? [] : [isNew];
      });
    },
    trouble(message) {
      if (troubles.size < 20) troubles.add(message);
    },
    summary: () => ({
      requests,
      graphql,
      documents,
      answers,
      refused,
      broken: Object.fromEntries(broken),
      findings: [...findings.values()].sort(
        (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning') || b.count - a.count || a.first - b.first,
      ),
      sent: [...sent.values()],
      notJudged: Object.fromEntries([...notJudged].sort(([, a], [, b]) => b - a)),
      troubles: [...troubles],
    }),
  };
}

function see(findings: Map<string, SeenFinding>, finding: Finding, operation: string, id: number): SeenFinding | null {
  const { rule, severity, subject, message } = finding;
  // The second of a list is wrong as its first is.
  const path = finding.path?.replace(/\.\d+(?=\.|$)/g, '.*') ?? null;
  const few = findings.size < MOST;
  const key = few
    ? JSON.stringify([rule, severity, subject, operation, path, message.replace(/\d+/g, '#')])
    : JSON.stringify([rule, severity]);
  const known = findings.get(key);
  const seen = known
    ? { ...known, count: known.count + 1 }
    : few
      ? { rule, severity, subject, message, path, operation, count: 1, first: id }
      : { rule, severity, subject, message: 'and others', path: null, operation: '(others)', count: 1, first: id };
  findings.set(key, seen);
  return known ? null : seen;
}

/** Reasons come from clients in part, so that there is an end to them. */
function count(counts: Map<string, number>, reason: string): void {
  const key = counts.has(reason) || counts.size < 200 ? reason : 'others';
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
