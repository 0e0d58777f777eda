"""Packages, by quilt3's public API. Answers are plain: times in epoch seconds, absent metadata None."""

import base64
import contextlib
import os
import pathlib
import tempfile

import quilt3
from botocore.config import Config
from botocore.exceptions import ClientError
from bridge_params import Refused, check_entries, check_name, registry_of
from quilt3.packages import PackageEntry
from quilt3.util import PhysicalKey, QuiltException


def place_of(params):
    check_name(params["name"])
    return {"name": params["name"], "registry": registry_of(params)}


def versions(place):
    """(pointer, top hash) of every pointer, `latest` among them."""
    return list(quilt3.list_package_versions(place["name"], registry=place["registry"]))


def pushes(place):
    """(epoch seconds, top hash) of each push, newest first."""
    return sorted(((int(pointer), hash_) for pointer, hash_ in versions(place) if pointer.isdigit()), reverse=True)


def open_revision(place, asked):
    """A top hash, a prefix of one, or a tag; quilt3 itself takes no tag but by leaving the hash out."""
    try:
        top_hash = None if asked in (None, "latest") else asked
        if asked is not None and asked.isdigit():
            top_hash = dict(versions(place)).get(asked, asked)
        return quilt3.Package.browse(place["name"], registry=place["registry"], top_hash=top_hash)
    except (ClientError, QuiltException) as error:
        error.asked = asked
        raise


def header(package):
    return next(iter(package.manifest))


def list_packages(params):
    return list(quilt3.list_packages(registry_of(params)))


def package_info(params):
    place = place_of(params)
    package = open_revision(place, params.get("hash"))
    head = header(package)
    top_hash = package.top_hash
    entries = [entry for _, entry in package.walk()]
    return {
        "topHash": top_hash,
        "modified": next((seconds for seconds, hash_ in pushes(place) if hash_ == top_hash), None),
        "message": head.get("message"),
        "metadata": head.get("user_meta"),
        "workflow": (head.get("workflow") or {}).get("id"),
        "totalEntries": len(entries),
        "totalBytes": sum(entry.size for entry in entries),
    }


def list_revisions(params):
    place = place_of(params)
    rows = []
    for seconds, top_hash in pushes(place):
        head = header(open_revision(place, top_hash))
        rows.append({"topHash": top_hash, "modified": seconds, "message": head.get("message"), "metadata": head.get("user_meta")})
    return rows


def describe(path, node):
    if isinstance(node, PackageEntry):
        meta = node.as_dict()["meta"].get("user_meta")
        return {"path": path, "kind": "file", "size": node.size, "physicalKey": node.get(), "metadata": meta}
    size = sum(entry.size for _, entry in node.walk())
    # The root is a package too, and its metadata the package's.
    meta = None if path == "" else header(node).get("user_meta")
    return {"path": path, "kind": "directory", "size": size, "physicalKey": None, "metadata": meta}


def browse(params):
    package = open_revision(place_of(params), params.get("hash"))
    path = params["path"].removesuffix("/") or params["path"]
    node = package if path == "" else package[path]
    if isinstance(node, PackageEntry):
        if path != params["path"]:
            raise KeyError(params["path"])
        return {**describe(path, node), "children": None}
    prefix = "" if path == "" else f"{path}/"
    return {**describe(path, node), "children": [describe(prefix + name, node[name]) for name in node]}


def content_url(params):
    check_name(params["name"])
    if params["path"] == "":
        raise Refused("path", "path: expected that of a file, got ''")
    package = open_revision(place_of(params), params.get("hash"))
    directory = params["path"].removesuffix("/")
    if directory in package and not isinstance(package[directory], PackageEntry):
        raise Refused("path", f"path: expected that of a file, got {params['path']!r}")
    where = PhysicalKey.from_url(package.get(params["path"]))
    version = {} if where.version_id is None else {"VersionId": where.version_id}
    # boto3 signs URLs by the old signature unless told; the newest regions take SigV4 alone.
    client = quilt3.get_boto3_session().client("s3", config=Config(signature_version="s3v4"))
    wanted = {"Bucket": where.bucket, "Key": where.path, **version}
    return client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=params["seconds"])


def diff(params):
    place = place_of(params)
    before = open_revision(place, params["from"])
    added, modified, deleted = before.diff(open_revision(place, params["to"]))
    return {"added": added, "modified": modified, "deleted": deleted}


def create_revision(params):
    check_name(params["name"])
    sources = check_entries(params)
    place = place_of(params)
    package = quilt3.Package()
    if params.get("metadata") is not None:
        package.set_meta(params["metadata"])
    # quilt3 takes a push over a package that it did not read for a conflict; a new revision is what is asked for here.
    return fill_and_push(package, place, sources, params, force=True)


def update_revision(params):
    check_name(params["name"])
    sources = check_entries(params)
    place = place_of(params)
    package = open_revision(place, None)
    if params.get("metadata") is not None:
        old = header(package).get("user_meta")
        package.set_meta({**(old if isinstance(old, dict) else {}), **params["metadata"]})
    return fill_and_push(package, place, sources, params, force=False)


@contextlib.contextmanager
def blaming(field):
    """What quilt3 says of an entry that it does not take is about this parameter."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 404, 405):
            error.field = field
        raise
    except QuiltException as error:
        error.field = field
        raise


def fill_and_push(package, place, sources, params, force):
    with tempfile.TemporaryDirectory(dir=os.environ["HOME"]) as folder:
        for logical_key, uri in sources:
            with blaming("uris"):
                package.set(logical_key, uri)
        for number, file in enumerate(params.get("files") or ()):
            local = pathlib.Path(folder) / str(number)
            local.write_bytes(base64.b64decode(file["bytes"]))
            with blaming("files"):
                package.set(file["path"], str(local), meta=file.get("metadata"))
        select = quilt3.Package.selector_fn_copy_all if params.get("copy") else quilt3.Package.selector_fn_copy_local
        pushed = package.push(**place, message=params.get("message"), selector_fn=select, force=force)
    return {"topHash": pushed.top_hash, "totalEntries": sum(1 for _ in pushed.walk())}


def delete_package(params):
    place = place_of(params)
    asked = params.get("hash")
    if asked is not None and not is_hash(asked):
        asked = dict(versions(place)).get(asked, asked)
    quilt3.delete_package(place["name"], registry=place["registry"], top_hash=asked)


def is_hash(text):
    return len(text) == 64


def search(params):
    return quilt3.Bucket(registry_of(params)).search(params["body"], limit=params["size"])


OPERATIONS = {
    "listPackages": list_packages,
    "packageInfo": package_info,
    "listRevisions": list_revisions,
    "browse": browse,
    "contentUrl": content_url,
    "diff": diff,
    "createRevision": create_revision,
    "updateRevision": update_revision,
    "deletePackage": delete_package,
    "searchPackages": search,
}
