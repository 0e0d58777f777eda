/** Tells seen values apart: the same literal is another value in each call that gives it something else. */
import type { SeenVariables } from './found.ts';
import type { SeenValue } from './seen-value.ts';

function keyOf(value: SeenValue): string {
  const place = `${value.file.path}:${value.at}`;
  switch (value.kind) {
    case 'scalar':
      return `${place}=${JSON.stringify(value.value)}`;
    case 'list':
      return `${place}[${value.items.map(keyOf).join()}${value.open}]`;
    case 'record':
      return `${place}{${value.members.map((member) => `${member.name}${member.always}:${keyOf(member.value)}`).join()}${value.open}}`;
    case 'choice':
      return `${place}(${value.of.map(keyOf).join('|')})`;
    case 'unknown':
      return `${place}?`;
  }
}

/** Each of some variables once, in their order. */
export function eachOnce(variables: readonly SeenVariables[]): readonly SeenVariables[] {
  if (variables.length < 2) return variables;
  const seen = new Set<string>();
  return variables.filter((one) => {
    const key = `${one.operationName} ${keyOf(one.value)}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
