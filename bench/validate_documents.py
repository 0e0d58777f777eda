"""Seconds that graphql-core's validation takes for documents; the schema and the documents are parsed before.

Usage: validate_documents.py SCHEMA DOCUMENTS, the latter a JSON list of texts. Prints one line of JSON.
"""
import json
import sys
import time

import graphql

schema_path, documents_path = sys.argv[1:]
with open(schema_path, encoding="utf-8") as file:
    schema = graphql.build_schema(file.read())
# validate() does it on first use, and keeps that.
graphql.assert_valid_schema(schema)
with open(documents_path, encoding="utf-8") as file:
    documents = [graphql.parse(text) for text in json.load(file)]
started_at = time.perf_counter()
errors = sum(len(graphql.validate(schema, document)) for document in documents)
print(json.dumps({"seconds": time.perf_counter() - started_at, "documents": len(documents), "errors": errors, "version": graphql.version}))
