"""Making and deleting revisions, by quilt3's public API."""

import base64
import contextlib
import os
import pathlib
import tempfile

import quilt3
from botocore.exceptions import ClientError
from bridge_packages import header, open_revision, place_of, versions
from bridge_params import check_entries, check_name
from quilt3.util import QuiltException


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
    if asked is not None and len(asked) != 64:
        # quilt3 deletes by hash alone; what is no tag is left to it.
        asked = dict(versions(place)).get(asked, asked)
    quilt3.delete_package(place["name"], registry=place["registry"], top_hash=asked)


OPERATIONS = {"createRevision": create_revision, "updateRevision": update_revision, "deletePackage": delete_package}
