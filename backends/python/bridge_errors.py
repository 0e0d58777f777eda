"""What an exception says, in full: the adapter decides what it means."""

import re

import pydantic
from botocore.exceptions import ClientError
from quilt3.admin import Quilt3AdminError

TEXT_LIMIT = 4096


def describe(error, last_response):
    """Class, module and message; for AWS the code and status; for the registry its typed failure, and its last answer in this request."""
    said = {
        "classes": [base.__name__ for base in type(error).__mro__[:-2]],
        "module": type(error).__module__,
        # From 1.44 on botocore adds how often it asked, which says nothing of what went wrong.
        "message": re.sub(r" \(reached max retries: \d+\)", "", str(error))[:TEXT_LIMIT],
        # What the bridge itself laid on it: the parameter that is wrong, the hash or tag that was asked for, or
        # that a path of the package was looked up.
        "field": getattr(error, "field", None),
        "asked": getattr(error, "asked", None),
        "lookup": getattr(error, "lookup", False),
        "aws": aws(error),
        "failure": failure(error),
        # Raised by quilt3's generated client, which is not public: known by its name.
        "graphql": graphql(error) if type(error).__name__ == "GraphQLClientGraphQLMultiError" else None,
        "http": None,
    }
    if last_response is not None and not last_response.ok:
        said["http"] = {"status": last_response.status_code, "text": last_response.text[:TEXT_LIMIT]}
    return said


def aws(error):
    if type(error).__name__ == "ConfigurationError":
        # A workflow configuration that cannot be read: what S3 said of it is what went wrong.
        error = error.__context__
    if not isinstance(error, ClientError):
        return None
    answer = error.response
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return {"code": answer["Error"].get("Code"), "message": answer["Error"].get("Message"), "status": status, "operation": error.operation_name}


def graphql(error):
    return [{"message": each.message, "code": (each.extensions or {}).get("code")} for each in error.errors]


def failure(error):
    """The member of a result union that quilt3.admin raised, if it kept it."""
    details = error.details if isinstance(error, Quilt3AdminError) else None
    if details is None:
        return None
    if isinstance(details, pydantic.BaseModel):
        return {"type": type(details).__name__, **details.model_dump(mode="json")}
    return {"message": str(details)}
