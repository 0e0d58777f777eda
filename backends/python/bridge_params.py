"""What the parameters alone tell. The interface refuses more than quilt3 does, and before any request; where quilt3 has a rule, it is quilt3's."""

import re

from quilt3.util import PhysicalKey, QuiltException, URLParseError, validate_key, validate_package_name


class Refused(Exception):
    """Refused before quilt3 is asked; `field` is the parameter that is wrong."""

    def __init__(self, field, message):
        super().__init__(message)
        self.field = field


def check_name(name):
    try:
        validate_package_name(name)
    except QuiltException as error:
        raise Refused("name", str(error)) from error
    # quilt3 lets one newline pass at the end.
    if name.endswith("\n"):
        raise Refused("name", f"name: expected user/package, got {name!r}")


def registry_of(params):
    """`s3://bucket` of any spelling of a bucket; quilt3 would take a bare name for a local folder."""
    registry = params.get("registry") or ""
    match = re.fullmatch(r"(?:s3://)?([^/?#:]+)/?", registry)
    if match is None:
        raise Refused("registry", f"registry: expected a bucket, got {registry!r}")
    return f"s3://{match[1]}"


def check_entries(params):
    """(logical key, URI) of each URI."""
    sources = [(logical_key_of(uri, params.get("organise")), uri) for uri in params.get("uris") or ()]
    keys = [(key, "uris") for key, _ in sources] + [(file["path"], "files") for file in params.get("files") or ()]
    for key, field in keys:
        try:
            validate_key(key)
        except QuiltException as error:
            raise Refused(field, str(error)) from error
    check_collisions(keys)
    return sources


def logical_key_of(uri, organise):
    try:
        where = PhysicalKey.from_url(uri)
    except URLParseError as error:
        raise Refused("uris", f"{uri!r}: {error}") from error
    if where.is_local() or where.path == "" or where.path.endswith("/"):
        raise Refused("uris", f"uris: expected s3://bucket/key, got {uri!r}")
    return where.path.rsplit("/", 1)[-1] if organise is False else where.path


def check_collisions(keys):
    """quilt3 lets the last of two equal keys win."""
    taken = {}
    for key, field in keys:
        if key in taken:
            raise Refused(blame(field, taken[key]), f"logical key: expected each once, got {key!r} again")
        taken[key] = field
    for key, field in keys:
        parts = key.split("/")
        for end in range(1, len(parts)):
            parent = "/".join(parts[:end])
            if parent in taken:
                raise Refused(blame(field, taken[parent]), f"logical key: {parent!r} is an entry, and a directory of {key!r}")


def blame(*fields):
    return "files" if "files" in fields else "uris"
