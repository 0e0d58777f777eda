"""Administration, by quilt3.admin. Answers are its dataclasses as dictionaries in their own words; None where quilt3 answers None."""

import dataclasses
import datetime
import enum

from quilt3 import admin
from quilt3.admin import buckets, policies, roles, sso_config, tabulator, users


def plain(value):
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.value if isinstance(value, enum.Enum) else value


def permissions(params):
    return [admin.Permission(bucket=each["bucket"], level=each["level"]) for each in params["permissions"]]


def make_policy(call, *place):
    return lambda p: call(*(p[name] for name in place), title=p["title"], permissions=permissions(p), roles=p["roles"])


CALLS = {
    "admin.users.list": lambda p: users.list(),
    "admin.users.get": lambda p: users.get(p["name"]),
    "admin.users.create": lambda p: users.create(p["name"], p["email"], p["role"], p.get("extraRoles")),
    "admin.users.delete": lambda p: users.delete(p["name"]),
    "admin.users.setEmail": lambda p: users.set_email(p["name"], p["email"]),
    "admin.users.setRole": lambda p: users.set_role(p["name"], p["role"], p.get("extraRoles"), append=p.get("append", False)),
    "admin.users.addRoles": lambda p: users.add_roles(p["name"], p["roles"]),
    "admin.users.removeRoles": lambda p: users.remove_roles(p["name"], p["roles"], p.get("fallback")),
    "admin.users.setAdmin": lambda p: users.set_admin(p["name"], p["admin"]),
    "admin.users.setActive": lambda p: users.set_active(p["name"], p["active"]),
    "admin.users.resetPassword": lambda p: users.reset_password(p["name"]),
    "admin.roles.list": lambda p: roles.list(),
    "admin.roles.get": lambda p: roles.get(p["id"]),
    "admin.roles.createManaged": lambda p: roles.create_managed(p["name"], p["policies"]),
    "admin.roles.createUnmanaged": lambda p: roles.create_unmanaged(p["name"], p["arn"]),
    "admin.roles.updateManaged": lambda p: roles.update_managed(p["id"], name=p["name"], policies=p["policies"]),
    "admin.roles.updateUnmanaged": lambda p: roles.update_unmanaged(p["id"], name=p["name"], arn=p["arn"]),
    "admin.roles.delete": lambda p: roles.delete(p["id"]),
    "admin.roles.getDefault": lambda p: roles.get_default(),
    "admin.roles.setDefault": lambda p: roles.set_default(p["id"]),
    "admin.policies.list": lambda p: policies.list(),
    "admin.policies.get": lambda p: policies.get(p["id"]),
    "admin.policies.createManaged": make_policy(policies.create_managed),
    "admin.policies.createUnmanaged": lambda p: policies.create_unmanaged(p["title"], arn=p["arn"], roles=p["roles"]),
    "admin.policies.updateManaged": make_policy(policies.update_managed, "id"),
    "admin.policies.updateUnmanaged": lambda p: policies.update_unmanaged(p["id"], title=p["title"], arn=p["arn"], roles=p["roles"]),
    "admin.policies.delete": lambda p: policies.delete(p["id"]),
    "admin.sso.get": lambda p: sso_config.get(),
    "admin.sso.set": lambda p: sso_config.set(p["config"]),
    "admin.sso.remove": lambda p: sso_config.set(None),
    "admin.buckets.remove": lambda p: buckets.remove(p["name"]),
    "tabulator.list": lambda p: tabulator.list_tables(p["bucket"]),
    "tabulator.set": lambda p: tabulator.set_table(p["bucket"], p["table"], p["config"]),
    "tabulator.rename": lambda p: tabulator.rename_table(p["bucket"], p["table"], p["newName"]),
    "tabulator.getOpenQuery": lambda p: tabulator.get_open_query(),
    "tabulator.setOpenQuery": lambda p: tabulator.set_open_query(p["enabled"]),
}

OPERATIONS = {name: (lambda params, call=call: plain(call(params))) for name, call in CALLS.items()}
