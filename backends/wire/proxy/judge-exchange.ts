/** Judges an exchange that went by: each document, its variables and what was answered, by the same engine as everything else. */
import type { Contract } from '../../../schemas/contract.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { judgeDocument } from '../../../schemas/judge-document.ts';
import { judgeResponse } from '../../../schemas/judge-response.ts';
import { judgeVariables } from '../../../schemas/judge-variables.ts';
import { operationNamed, parseDocument } from '../../../schemas/prepared-document.ts';
import { documentKey, type SentDocument } from '../../../schemas/reconcile.ts';
import { isRecord, kindOf } from '../../../schemas/value-kind.ts';
import type { PassedExchange } from './passed-exchange.ts';
import { readAnswer } from './read-answer.ts';
import { type Question, readQuestion } from './read-question.ts';

/** What was judged of an exchange. */
export interface Judgement {
  /** Names of the operations, joined by a comma; null when none is known. */
  readonly operation: string | null;
  /** The documents that were asked, to be held against sources. */
  readonly asked: readonly Pick<SentDocument, 'key' | 'operation'>[];
  /** Documents that were judged, and answers that were. */
  readonly documents: number;
  readonly answers: number;
  readonly findings: readonly Finding[];
  /** What was not, each with the reason: `request: too large`. */
  readonly notJudged: readonly string[];
}

/** The judgement of an exchange; null when it asks nothing in GraphQL. Never throws for what came by. */
export function judgePassed(contract: Contract, passed: PassedExchange): Judgement | null {
  if (passed.kind !== 'graphql') return null;
  const { questions, batched } = readQuestion(passed.request, passed.request.body);
  if (questions.length === 0) return null;
  const findings: Finding[] = [];
  const notJudged: string[] = [];
  const sent: Judgement['asked'][number][] = [];
  let [documents, answers] = [0, 0];
  const answered = passed.refused === null ? readAnswer(passed) : null;
  let waiting = 0;
  for (const [index, question] of questions.entries()) {
    if ('notJudged' in question) {
      notJudged.push(question.notJudged);
      continue;
    }
    sent.push({ operation: nameOf(question), key: documentKey(question.text, question.operationName) });
    documents++;
    const asked = judgeQuestion(contract, question);
    findings.push(...asked);
    // By a document that does not fit, no answer can be read; its refusal is what the server has to say.
    if (answered === null || asked.some(({ subject, severity }) => subject === 'document' && severity === 'error')) continue;
    waiting++;
    if (answered.kind === 'none') continue;
    const responses = responsesTo(answered, index, batched);
    if (responses === null) {
      findings.push(batchShape(questions.length, answered.responses, answered.kind));
      continue;
    }
    answers++;
    const variables = isRecord(question.variables) ? question.variables : {};
    for (const response of responses) findings.push(...judgeResponse(contract, question.text, question.operationName, variables, response));
  }
  if (answered?.kind === 'none' && waiting > 0) notJudged.push(answered.notJudged);
  return {
    operation: sent.length === 0 ? null : [...new Set(sent.map(({ operation }) => operation))].join(', '),
    asked: sent,
    documents,
    answers,
    findings: distinct(findings),
    notJudged,
  };
}

/** What can be judged before an answer is there: the document, and where it fits, the variables. */
export function judgeQuestion(contract: Contract, { text, operationName, variables }: Question): readonly Finding[] {
  const document = judgeDocument(contract, text);
  if (document.some(({ severity }) => severity === 'error')) return document;
  return [...document, ...judgeVariables(contract, text, operationName, variables ?? {})];
}

/** Whole responses to the question at `index`; null when the answer has none where it must have one. */
function responsesTo(
  answered: { readonly kind: 'each' | 'list'; readonly responses: readonly unknown[] },
  index: number,
  batched: boolean,
): readonly unknown[] | null {
  if (!batched) return answered.kind === 'each' ? answered.responses : null;
  if (answered.kind === 'list') return index < answered.responses.length ? [answered.responses[index]] : null;
  // A batch that is refused whole is answered by one list of errors.
  const [only] = answered.responses;
  return answered.responses.length === 1 && isRecord(only) && 'errors' in only ? answered.responses : null;
}

function batchShape(asked: number, responses: readonly unknown[], kind: 'each' | 'list'): Finding {
  const got = kind === 'list' ? kindOf(responses) : kindOf(responses[0]);
  return {
    rule: 'batch-shape',
    severity: 'error',
    subject: 'response',
    message: `response: expected ${asked === 1 ? 'the answer to one request' : `a list of ${asked}`}, got ${got}`,
    path: null,
    line: null,
    column: null,
  };
}

function nameOf({ text, operationName }: Question): string {
  return operationName ?? operationNamed(parseDocument(text), null)?.name?.value ?? 'anonymous';
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return seen.has(key) ? false : seen.add(key);
  });
}
