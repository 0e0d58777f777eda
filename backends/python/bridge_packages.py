"""Packages, by quilt3's public API. Answers are plain: times in epoch seconds, absent metadata None."""

import contextlib

import quilt3
from botocore.config import Config
from botocore.exceptions import ClientError
from bridge_params import Refused, check_name, registry_of
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


@contextlib.contextmanager
def looking_up():
    """A KeyError is nothing at the path, an AttributeError something below a file; elsewhere either would be a defect."""
    try:
        yield
    except (KeyError, AttributeError) as error:
        error.lookup = True
        raise


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
    with looking_up():
        node = package if path == "" else package[path]
        if isinstance(node, PackageEntry) and path != params["path"]:
            raise KeyError(params["path"])
    if isinstance(node, PackageEntry):
        return {**describe(path, node), "children": None}
    prefix = "" if path == "" else f"{path}/"
    return {**describe(path, node), "children": [describe(prefix + name, node[name]) for name in node]}


def content_url(params):
    check_name(params["name"])
    if params["path"] == "":
        raise Refused("path", "path: expected that of a file, got ''")
    package = open_revision(place_of(params), params.get("hash"))
    directory = params["path"].removesuffix("/")
    with looking_up():
        if directory in package and not isinstance(package[directory], PackageEntry):
            raise Refused("path", f"path: expected that of a file, got {params['path']!r}")
    with looking_up():
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


def search(params):
    return quilt3.Bucket(registry_of(params)).search(params["body"], limit=params["size"])


OPERATIONS = {
    "listPackages": list_packages,
    "packageInfo": package_info,
    "listRevisions": list_revisions,
    "browse": browse,
    "contentUrl": content_url,
    "diff": diff,
    "searchPackages": search,
}
