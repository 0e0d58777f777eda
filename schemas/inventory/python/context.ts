/** Where a text stands in the program: places that no document is sent from. */
import type { SyntaxNode } from '@lezer/common';
import type { SourceFile } from '../source-file.ts';
import { childNamed, sourceOf } from './syntax.ts';

/** Calls whose strings are for people or for matching. */
export const FOR_PEOPLE =
  /^(debug|info|warn|warning|error|exception|critical|log|print|echo|secho|startswith|endswith|find|rfind|index|count|compile|match|search|fullmatch|findall|finditer|sub|split|rsplit|getLogger|skip|skipif|xfail|fail|add_argument|Example|deprecated|pprint|write_stderr)$/;
const FOR_PEOPLE_NAMED =
  /^(help|description|desc|doc|docs|docstring|title|message|msg|reason|detail|hint|label|example|examples|id|ids|match|epilog|usage|summary|prompt|placeholder|error|errors|caption|note|comment|tooltip)$/;
const ERROR = /(Error|Exception|Warning|Exit|Interrupt|Failure)$/;

/** Whether what a node makes is compared, logged, raised or described with, and so is no document that is sent. */
export function isForPeople(node: SyntaxNode, file: SourceFile): boolean {
  let inner = node;
  for (let outer = node.parent; outer !== null; inner = outer, outer = outer.parent) {
    switch (outer.name) {
      case 'ParenthesizedExpression':
      case 'ConditionalExpression':
      case 'ContinuedString':
        continue;
      case 'TupleExpression':
      case 'ArrayExpression':
      case 'SetExpression': {
        const parent = outer.parent;
        if (parent?.name === 'BinaryExpression' && childNamed(parent, 'in') !== null) return true;
        if (parent !== null && isNamedForPeople(parent, outer, file)) return true;
        return false;
      }
      case 'BinaryExpression':
        if (childNamed(outer, 'CompareOp') !== null || childNamed(outer, 'in') !== null || childNamed(outer, 'is') !== null) return true;
        continue;
      case 'LiteralPattern':
      case 'TypeDef':
      case 'AssertStatement':
        // `assert x, "message"`; what is asserted is compared or called.
        return outer.name !== 'AssertStatement' || outer.getChild(',') !== null;
      case 'MemberExpression':
        // A key, or the object of a method.
        return outer.firstChild !== null && outer.firstChild.from !== inner.from;
      case 'DictionaryExpression':
        return inner.nextSibling?.name === ':' || isKeyedForPeople(inner, file);
      case 'ArgList': {
        if (isNamedForPeople(outer, inner, file)) return true;
        const callee = outer.parent?.firstChild;
        if (outer.parent?.name === 'Decorator') return false;
        if (callee === null || callee === undefined) return false;
        const word = callee.name === 'MemberExpression' ? childNamed(callee, 'PropertyName') : callee;
        const name = word === null ? '' : sourceOf(file, word);
        return FOR_PEOPLE.test(name) || ERROR.test(name);
      }
      default:
        return false;
    }
  }
  return false;
}

/** `description="…"`. */
function isNamedForPeople(list: SyntaxNode, inner: SyntaxNode, file: SourceFile): boolean {
  if (list.name !== 'ArgList') return false;
  const equals = inner.prevSibling;
  const name = equals?.name === 'AssignOp' ? equals.prevSibling : null;
  return name !== null && name !== undefined && FOR_PEOPLE_NAMED.test(sourceOf(file, name));
}

/** `{"description": "…"}`. */
function isKeyedForPeople(inner: SyntaxNode, file: SourceFile): boolean {
  const colon = inner.prevSibling;
  const key = colon?.name === ':' ? colon.prevSibling : null;
  return key?.name === 'String' && FOR_PEOPLE_NAMED.test(sourceOf(file, key).slice(1, -1));
}
