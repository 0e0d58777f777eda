"""Prints top-hash.vectors.json: manifests that the published quilt3 loaded, wrote again and hashed.

Run it with `uv run --no-project --with quilt3==8.0.0 python top-hash.vectors.py > top-hash.vectors.json`.
"""

import io
import json
import sys

import quilt3
from quilt3.checksums import SHA256_CHUNKED_HASH_NAME, calculate_multipart_checksum_bytes

EMPTY = {"type": "sha2-256-chunked", "value": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}


def entry(key, size=0, meta=None, **more):
    return {"logical_key": key, "physical_keys": ["s3://bucket/" + key.encode().hex()], "size": size, "hash": EMPTY, "meta": meta or {}, **more}


CASES = {
    "no entries, message null": '{"version": "v0", "message": null}\n',
    "user metadata": [{"version": "v0", "user_meta": {"b": [1, "x", None, True], "a": {"z": 1, "A": 2}}, "message": "first"}, entry("a.csv", 3)],
    "empty user metadata": [{"version": "v0", "user_meta": {}, "message": ""}],
    "walk order": [{"version": "v0", "message": "m"}] + [entry(k) for k in ("a.txt", "a/b", "a-b", "B", "a/a.x/c", "a/a/d", "10", "9")],
    "beyond ASCII": [
        {"version": "v0", "user_meta": {"\U0001f9ec": "é\u007f\u2028", "\uff21": "\u0001\t\"\\/"}, "message": "größe"},
        entry("\U0001f9ec.txt"),
        entry("\uff21.txt"),
        entry("ä ö+%.txt"),
    ],
    "numbers": '{"version": "v0", "user_meta": {"numbers": [1.0, 1, -0, -0.0, 0.1, 1e5, 1E-5, 0.0001, 1e15, 1e16, 1.5e16, 123456789012345678901234567890, 1e22, -2.5e-7, 5e-324, 1.7976931348623157e308]}, "message": null}\n',
    "entry metadata": [{"version": "v0", "message": None}, entry("x", 1, {"user_meta": {"k": 1.5}, "other": [{}]})],
    "directory metadata": [{"version": "v0", "message": None}, {"logical_key": "d/", "meta": {"k": 1}}, entry("d/x", 1), entry("d/e/y", 1)],
    "workflow": [{"version": "v0", "message": "m", "workflow": {"id": "alpha", "config": "s3://b/.quilt/workflows/config.yml"}}],
}


def package(case):
    text = case if isinstance(case, str) else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in case)
    loaded = quilt3.Package.load(io.StringIO(text))
    written = io.BytesIO()
    loaded.dump(written)
    return {"manifest": text, "written": written.getvalue().decode(), "topHash": loaded.top_hash}


SIZES = [0, 1, 8 * 1024**2 - 1, 8 * 1024**2, 8 * 1024**2 + 1, 20 * 1024**2]
hashes = [{"size": size, "value": calculate_multipart_checksum_bytes(b"q" * size, checksum_type=SHA256_CHUNKED_HASH_NAME)} for size in SIZES]
vectors = {"quilt3": quilt3.__version__, "packages": {name: package(case) for name, case in CASES.items()}, "hashesOfQ": hashes}
json.dump(vectors, sys.stdout, indent=1, ensure_ascii=True)
print()
