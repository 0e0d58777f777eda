/** A scan as SARIF 2.1.0, which code hosts and editors show at the lines. */
import { rulesById } from '../../schemas/rules/rules.ts';
import type { ScannedUnresolved, ScanResult, Violation } from '../../schemas/scan/violation.ts';

/** What `contract scan --format sarif` prints: one run, a rule for each that was broken; what is waived is there, suppressed. */
export function toSarif(result: ScanResult, toolVersion: string) {
  const { violations, waived, unresolved } = result;
  const results = [
    ...violations.map((one) => violationResult(one)),
    ...waived.map((one) => ({ ...violationResult(one), suppressions: [suppression(one.because)] })),
    ...unresolved.map(unresolvedResult),
  ];
  const ids = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'crosscheck', version: toolVersion, rules: ids.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: results.map((one) => ({ ...one, ruleIndex: ids.indexOf(one.ruleId) })),
      },
    ],
  } as const;
}

function descriptor(id: string) {
  const rule = rulesById.get(id);
  if (!rule) {
    const text = id.startsWith('unresolved-') ? 'the text of a GraphQL document is not known from reading the program' : id;
    return { id, shortDescription: { text }, defaultConfiguration: { level: 'error' } };
  }
  return {
    id,
    shortDescription: { text: rule.says },
    fullDescription: { text: rule.because },
    defaultConfiguration: { level: rule.severity },
  };
}

function violationResult({ rule, severity, message, schema, operation, ...at }: Violation) {
  return { ruleId: rule, level: severity, message: { text: message }, locations: [location(at)], properties: { schema, operation } };
}

function unresolvedResult({ reason, name, message, waived, ...at }: ScannedUnresolved) {
  return {
    ruleId: `unresolved-${reason}`,
    level: 'error',
    message: { text: message },
    locations: [location(at)],
    properties: { name },
    ...(waived === undefined ? {} : { suppressions: [suppression(waived)] }),
  } as const;
}

function location({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri: file.startsWith('/') ? `file://${uri}` : uri },
      region: { startLine: line, startColumn: column },
    },
  };
}

const suppression = (justification: string) => ({ kind: 'external', justification }) as const;
