"""What graphql-core says of GraphQL: a judge that shares no code with ours.

Reads `{"schemas": [sdl…], "cases": [{"schema": index, "document": text, "variables": {…} | null}…]}` from stdin and prints one JSON list:
`{"schema": [message…], "rules": [name…], "variables": [message…]}` by case; rules are empty where the schema is none.
"""

import json
import sys

from graphql import GraphQLError, OperationDefinitionNode, build_schema, get_variable_values, parse, specified_rules, validate, validate_schema


def read_schema(sdl):
    try:
        schema = build_schema(sdl)
    except (GraphQLError, TypeError) as error:
        return None, [str(error).split("\n")[0]]
    return schema, [error.message for error in validate_schema(schema)]


def judge(schema, text, variables):
    try:
        document = parse(text)
    except GraphQLError as error:
        return {"rules": ["syntax"], "variables": [], "schema": [], "said": error.message}
    rules = []
    said = validate(schema, document)
    if said:
        rules = [rule.__name__ for rule in specified_rules if validate(schema, document, [rule])]
    wrong = []
    if variables is not None and not said:
        (operation,) = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        values = get_variable_values(schema, operation.variable_definitions, variables)
        wrong = [error.message for error in values] if isinstance(values, list) else []
    return {"rules": rules, "variables": wrong, "schema": [], "said": said[0].message if said else ""}


def main():
    asked = json.load(sys.stdin)
    built = {0: read_schema(asked["schemas"][0])}
    labels = []
    for case in asked["cases"]:
        index = case["schema"]
        # Each edited schema is asked once; to keep them all took 800 MB and most of the time.
        schema, wrong = built[index] if index in built else read_schema(asked["schemas"][index])
        if wrong:
            labels.append({"schema": wrong, "rules": [], "variables": [], "said": wrong[0]})
        else:
            labels.append(judge(schema, case["document"], case["variables"]))
    json.dump(labels, sys.stdout)


main()
