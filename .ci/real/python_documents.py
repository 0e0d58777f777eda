"""What CPython's parser and graphql-core find in a folder: every text that is a GraphQL document, and what graphql-core says of it.

Arguments: the folder, and a schema in SDL. Prints JSON: `documents`, each with file, line, text and errors, and in how many places, `comparisons`,
something called typename is compared or declared to be a string. It shares no code with the scan that it is compared with: a text is a string literal,
or a name that is assigned and added to, line by line, from literals and names known so far.
"""

import ast
import json
import pathlib
import sys

from graphql import GraphQLError, build_schema, parse, validate

BLOCKS = ("body", "orelse", "finalbody")


def text_of(node, known):
    """The text that an expression makes, or None."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.FormattedValue):
        return text_of(node.value, known)
    if isinstance(node, ast.JoinedStr):
        return joined([text_of(part, known) for part in node.values])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return joined([text_of(node.left, known), text_of(node.right, known)])
    return None


def joined(parts):
    return None if None in parts else "".join(parts)


def made(body, known, begun, out):
    """Notes in `out`, by the line where each begins, the texts that are more than one literal."""
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made(statement.body, dict(known), dict(begun), out)
            continue
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            known[name] = text_of(statement.value, known)
            begun[name] = statement.value.lineno
            if known[name] is not None and not isinstance(statement.value, (ast.Constant, ast.Name)):
                out[begun[name]] = known[name]
        elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name) and isinstance(statement.op, ast.Add):
            name = statement.target.id
            known[name] = joined([known.get(name), text_of(statement.value, known)])
            if known[name] is not None and name in begun:
                out[begun[name]] = known[name]
        for block in BLOCKS:
            made(getattr(statement, block, []), known, begun, out)
        for handler in getattr(statement, "handlers", []):
            made(handler.body, known, begun, out)


def texts(tree):
    """(line, text) of every literal and of every text that is made of several."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.lineno, node.value
    out = {}
    made(tree.body, {}, {}, out)
    yield from out.items()


def comparisons(tree):
    """How many strings the tree compares with a typename, or declares one to be."""
    count = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and "typename" in ast.unparse(node.left):
            count += sum(strings_in(other) for other in node.comparators)
        if isinstance(node, ast.AnnAssign) and "typename" in ast.unparse(node.target):
            count += strings_in(node.annotation)
    return count


def strings_in(tree):
    return sum(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in ast.walk(tree))


def main():
    root, schema = pathlib.Path(sys.argv[1]), build_schema(pathlib.Path(sys.argv[2]).read_text("utf8"))
    found, compared = [], 0
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text("utf8"))
        compared += comparisons(tree)
        for line, text in texts(tree):
            try:
                document = parse(text)
            except GraphQLError:
                continue
            errors = [error.message for error in validate(schema, document)]
            found.append({"file": path.relative_to(root).as_posix(), "line": line, "text": text, "errors": errors})
    print(json.dumps({"documents": found, "comparisons": compared}))


main()
