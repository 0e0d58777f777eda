"""The published quilt3 as one of three writers and readers of the same package.

Reads `{"line", "refreshToken", "push": {"name", "uris": {key: uri}, "metadata", "message"}, "read": [name…]}` from stdin, pushes, and prints
`{"facts": {"topHashes": {name: hash}}}` of what it pushed and of each that it read.
"""

import json
import os
import sys

import quilt3
from quilt3 import session

# quilt3 prints what it pushed; steps go where stdout was.
STEPS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def main():
    asked = json.loads(sys.stdin.readline())
    quilt3.config(asked["line"]["catalogUrl"])
    session.login_with_token(asked["refreshToken"])
    registry = f"s3://{asked['line']['bucket']}"
    push = asked["push"]
    package = quilt3.Package()
    for key, uri in push["uris"].items():
        package.set(key, uri)
    package.set_meta(push["metadata"])
    hashes = {push["name"]: package.push(push["name"], registry, message=push["message"]).top_hash}
    print(json.dumps({"step": "quilt3 pushes", "ok": True, "detail": push["name"]}), file=STEPS, flush=True)
    for name in asked["read"]:
        read = quilt3.Package.browse(name, registry)
        hashes[name] = read.top_hash
        ok = read.meta == push["metadata"] and sorted(key for key, _ in read.walk()) == sorted(push["uris"])
        print(json.dumps({"step": f"quilt3 reads {name}", "ok": ok, "detail": f"{read.meta}"}), file=STEPS, flush=True)
    print(json.dumps({"facts": {"topHashes": hashes}}), file=STEPS, flush=True)


if __name__ == "__main__":
    main()
