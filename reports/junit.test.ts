import { expect, test } from 'vitest';
import { toJunit } from './junit.ts';
import { sampleJudged, sampleKnown, sampleRecord } from './sample-run.ts';

const record = sampleRecord([], { subjects: { quilt3: 'ours' } });

test('every verdict has its element, and the counts are those of the elements', () => {
  const judged = [
    sampleJudged('parity/a/backend:quilt3'),
    sampleJudged('parity/b/backend:quilt3', 'failed'),
    sampleJudged('parity/c/backend:quilt3', 'expected-failed', { known: [sampleKnown()] }),
    sampleJudged('parity/d/backend:quilt3', 'unsupported'),
    sampleJudged('parity/e/backend:quilt3', 'broken'),
    sampleJudged('stack/f', 'not-run', { backend: null }),
  ];
  expect(toJunit(record, judged)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="crosscheck embedded" tests="6" failures="1" errors="2" time="0.036">
  <testsuite name="parity.quilt3" tests="5" failures="1" errors="1" skipped="1" time="0.036" timestamp="2026-11-21T10:15:00" hostname="embedded">
    <properties>
      <property name="run" value="20261121-101500-000-aaaaaa"/>
      <property name="seed" value="7"/>
      <property name="quilt3" value="ours"/>
    </properties>
    <testcase name="parity/a/backend:quilt3" classname="parity.a" time="0.012"/>
    <testcase name="parity/b/backend:quilt3" classname="parity.b" time="0.012">
      <failure message="browse children.a.csv.size: expected 8, got 9" type="failed">browse children.a.csv.size: expected 8, got 9
crosscheck repro parity/b/backend:quilt3 --seed 7</failure>
    </testcase>
    <testcase name="parity/c/backend:quilt3" classname="parity.c" time="0.012">
      <system-out>expected, by known-differences/quilt3/1: counts the newline twice (their tracker, 12, until 2027-03-01)
browse children.a.csv.size: expected 8, got 9</system-out>
    </testcase>
    <testcase name="parity/d/backend:quilt3" classname="parity.d" time="0.000">
      <skipped message="unsupported for a reason"/>
    </testcase>
    <testcase name="parity/e/backend:quilt3" classname="parity.e" time="0.000">
      <error message="broken for a reason" type="broken">broken for a reason</error>
    </testcase>
  </testsuite>
  <testsuite name="stack" tests="1" failures="0" errors="1" skipped="0" time="0.000" timestamp="2026-11-21T10:15:00" hostname="embedded">
    <properties>
      <property name="run" value="20261121-101500-000-aaaaaa"/>
      <property name="seed" value="7"/>
      <property name="quilt3" value="ours"/>
    </properties>
    <testcase name="stack/f" classname="stack.f" time="0.000">
      <error message="not-run for a reason" type="not-run">not-run for a reason</error>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test('what XML has no spelling for becomes U+FFFD, what it has is escaped', () => {
  const message = 'a<b>&"\'\u0000\u001b[31m\ud800\uffff]]>\t\u{1f600}\r\nsecond line';
  const xml = toJunit(record, [sampleJudged('parity/a', 'broken', { message })]);
  const clean = 'a&lt;b&gt;&amp;&quot;&apos;\ufffd\ufffd[31m\ufffd\ufffd]]&gt;&#9;\u{1f600}&#13;';
  expect(xml).toContain(`<error message="${clean}" type="broken">${clean}\nsecond line</error>`);
});

test('nothing is an empty document', () => {
  expect(toJunit(record, [])).toContain(
    '<testsuites name="crosscheck embedded" tests="0" failures="0" errors="0" time="0.000">\n</testsuites>',
  );
});
