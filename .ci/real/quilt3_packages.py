"""Drives the published quilt3 through everything it does with packages, on a platform that is up.

Reads `{"line": UpLine, "refreshToken": …}` from stdin, prints `{"step", "ok", "detail"}` a line; its home is the environment's, which must be empty.
"""

import base64
import hashlib
import json
import os
import pathlib
import random
import sys
import time

import quilt3
from quilt3 import session
from quilt3.util import QuiltConflictException, QuiltException

CHUNK = 8 * 1024 * 1024
LARGE = 20 * 1024 * 1024
NAME = "real/packages"
# quilt3 prints what it pushed; steps go where stdout was.
STEPS = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
META = {"owner": "lab", "größe": [1, 2.5, None, True], "nested": {"ключ": "значение", "tags": ["a", "b"]}}

failed = 0


def say(step, ok, detail=""):
    global failed
    failed += not ok
    print(json.dumps({"step": step, "ok": bool(ok), "detail": str(detail)[:500]}), file=STEPS, flush=True)


def same(step, got, expected):
    say(step, got == expected, "" if got == expected else f"expected {expected!r}, got {got!r}")


def raises(step, kind, call):
    try:
        got = call()
    except Exception as error:
        say(step, type(error) is kind, f"raised {type(error).__name__}: {error}")
    else:
        say(step, False, f"expected {kind.__name__}, got {got!r}")


def next_second():
    """Two pushes of one package within a second share a pointer."""
    time.sleep(1 - time.time() % 1)


def chunked(data):
    digests = [hashlib.sha256(data[at : at + CHUNK]).digest() for at in range(0, len(data), CHUNK)]
    return base64.b64encode(hashlib.sha256(b"".join(digests)).digest()).decode()


def sign_in(line, refresh):
    quilt3.config(line["catalogUrl"])
    same("config finds the registry", quilt3.config()["registryUrl"], line["registryUrl"])
    session.login_with_token(refresh)
    same("login_with_token leaves quilt3 signed in", quilt3.logged_in(), line["catalogUrl"])
    state = json.loads(session.AUTH_PATH.read_text(encoding="utf-8"))
    same("auth.json is keyed by the registry", list(state), [line["registryUrl"]])
    auth = state[line["registryUrl"]]
    same("auth.json holds the three fields", sorted(auth), ["access_token", "expires_at", "refresh_token"])
    say("the access token ends in the future", auth["expires_at"] > time.time(), auth["expires_at"])
    auth["expires_at"] = time.time() - 1
    auth["access_token"] = "expired"
    session._save_auth(state)
    session.clear_session()
    session.get_session()
    renewed = json.loads(session.AUTH_PATH.read_text(encoding="utf-8"))[line["registryUrl"]]
    say("an access token that has ended is renewed by POST /api/token", renewed["access_token"] != "expired" and renewed["expires_at"] > time.time())
    stored = json.loads(session.CREDENTIALS_PATH.read_text(encoding="utf-8"))
    same("the registry's keys are kept", sorted(stored), ["access_key", "expiry_time", "secret_key", "token"])
    raises("a refresh token that is none is refused", QuiltException, lambda: session.login_with_token("none"))
    session.clear_session()
    say("a refused sign-in leaves the session there was", session.get_boto3_session(fallback=False).client("s3") is not None)


def write_files(folder):
    contents = {
        "a.csv": b"x,y\n1,2\n",
        "deep/er/b.json": b'{"b": 1}',
        "données/ü +%&.txt": "Größe\n".encode(),
        "日本語.txt": "値".encode(),
        "empty": b"",
        "large.bin": random.Random(1).randbytes(LARGE),
    }
    for key, content in contents.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return contents


def push(registry, folder, contents):
    package = quilt3.Package()
    package.set_dir(".", folder)
    package.set("a.csv", folder / "a.csv", meta={"kind": "table", "é": 1})
    package.set_meta(META)
    pushed = package.push(NAME, registry, message="première")
    back = quilt3.Package.browse(NAME, registry)
    same("browse reads the top hash that push computed", back.top_hash, pushed.top_hash)
    same("metadata comes back", back.meta, META)
    same("entry metadata comes back", back["a.csv"].meta, {"kind": "table", "é": 1})
    same("every key comes back", sorted(key for key, _ in back.walk()), sorted(contents))
    same("sizes come back", {key: entry.size for key, entry in back.walk()}, {key: len(data) for key, data in contents.items()})
    hashes = {key: chunked(data) for key, data in contents.items()}
    same("hashes are those of 8 MiB chunks", {key: entry.hash["value"] for key, entry in back.walk()}, hashes)
    say("physical keys carry versions", all(entry.physical_key.version_id for _, entry in back.walk()))
    same("an entry is read by its bytes", back["données/ü +%&.txt"].get_bytes(), contents["données/ü +%&.txt"])
    return back


def fetch(package, contents, place):
    package.fetch(place)
    got = {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    same("fetch writes every file", sorted(got), sorted(contents))
    say("fetch writes the same bytes", got == contents, [key for key in contents if got.get(key) != contents[key]])
    say("verify finds the fetched files right", package.verify(place))
    (place / "a.csv").write_bytes(b"changed")
    say("verify finds a changed file", not package.verify(place))


def change(registry, first):
    changed = quilt3.Package.browse(NAME, registry)
    changed.set("new.json", {"new": True})
    changed.set("deep/er/b.json", {"b": 2})
    changed.delete("empty")
    next_second()
    second = changed.push(NAME, registry, message="second")
    added, modified, deleted = first.diff(quilt3.Package.browse(NAME, registry))
    same("diff: added", added, ["new.json"])
    same("diff: modified", modified, ["deep/er/b.json"])
    same("diff: deleted", deleted, ["empty"])
    raises("a push that is not based on the latest is a conflict", QuiltConflictException, lambda: first.push(NAME, registry, message="late"))
    raises("a push under a workflow that is not configured is refused", QuiltException, lambda: second.push(NAME, registry, workflow="none"))
    again = quilt3.Package.browse(NAME, registry).push(NAME, registry, message="second", dedupe=True)
    same("dedupe pushes nothing", again.top_hash, second.top_hash)
    return second


def history(registry, first, second):
    versions = dict(quilt3.list_package_versions(NAME, registry))
    same("list_package_versions tells both revisions and the latest", sorted(versions.values()), sorted([first.top_hash, second.top_hash, second.top_hash]))
    same("latest is the second", versions["latest"], second.top_hash)
    same("an earlier revision is read by a part of its hash", quilt3.Package.browse(NAME, registry, first.top_hash[:10]).top_hash, first.top_hash)
    quilt3.Package.rollback(NAME, registry, first.top_hash)
    same("rollback makes the first the latest", quilt3.Package.browse(NAME, registry).top_hash, first.top_hash)
    quilt3.delete_package(NAME, registry, second.top_hash)
    same("a deleted revision is gone", set(dict(quilt3.list_package_versions(NAME, registry)).values()), {first.top_hash})
    same("its latest stays", quilt3.Package.browse(NAME, registry).top_hash, first.top_hash)
    same("its manifest stays", quilt3.Package.browse(NAME, registry, second.top_hash).top_hash, second.top_hash)
    raises("a hash that is none is not resolved", QuiltException, lambda: quilt3.Package.browse(NAME, registry, "0123456789"))


def packages(registry, first):
    small = quilt3.Package()
    small.set("k.json", {"v": 1})
    small.set_meta({"find": "needle"})
    small.push("real/second", registry, message="haystack")
    same("list_packages tells both", sorted(quilt3.list_packages(registry)), [NAME, "real/second"])
    hits = quilt3.Bucket(registry).search("haystack")
    same("search finds a package by a word of its message", [hit["_source"].get("mnfst_message") for hit in hits], ["haystack"])
    same("search finds nothing by a word that is nowhere", quilt3.Bucket(registry).search("nowheretobefound"), [])
    quilt3.delete_package("real/second", registry)
    same("a deleted package is not listed", list(quilt3.list_packages(registry)), [NAME])
    quilt3.delete_package("real/second", registry)
    say("deleting what does not exist is silent", True)
    raises("a name without a slash is refused", QuiltException, lambda: small.push("second", registry))
    same("data of a deleted package stays", len(quilt3.Bucket(registry).ls("real/second/")[1]), 1)


def buckets(registry, folder):
    bucket = quilt3.Bucket(registry)
    bucket.put_file("loose/ü file.csv", str(folder / "a.csv"))
    bucket.fetch("loose/ü file.csv", str(folder.parent / "loose.csv"))
    same("an object comes back as it was put", (folder.parent / "loose.csv").read_bytes(), (folder / "a.csv").read_bytes())
    same("ls tells it", [version["Key"] for version in bucket.ls("loose/")[1]], ["loose/ü file.csv"])
    bucket.delete("loose/ü file.csv")
    say("a deleted object is the latest no more", not any(version["IsLatest"] for version in bucket.ls("loose/")[1]))


def main():
    asked = json.loads(sys.stdin.readline())
    line = asked["line"]
    registry = f"s3://{line['bucket']}"
    folder = pathlib.Path.home() / "files"
    folder.mkdir()
    sign_in(line, asked["refreshToken"])
    contents = write_files(folder)
    first = push(registry, folder, contents)
    fetch(first, contents, pathlib.Path.home() / "fetched")
    quilt3.Package.install(NAME, registry, dest=str(pathlib.Path.home() / "installed"))
    same("install keeps the top hash", quilt3.Package.browse(NAME).top_hash, first.top_hash)
    second = change(registry, first)
    history(registry, first, second)
    packages(registry, first)
    buckets(registry, folder)
    print(json.dumps({"facts": {"topHash": first.top_hash, "name": NAME}}), file=STEPS, flush=True)
    quilt3.logout()
    same("logout leaves nobody signed in", quilt3.logged_in(), None)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
