"""One user at a time: quilt3 keeps its login, its settings and its AWS keys in the process and in its home, so each request puts them in place."""

import base64
import contextlib
import json
import os
import pathlib
import shutil
import time

import boto3
import quilt3
import quilt3.hooks
import quilt3.session
import quilt3.util
import requests.adapters
from botocore import UNSIGNED

LINK = pathlib.Path(quilt3.util.BASE_PATH)


class Sessions:
    """The sessions of this process, each with a folder that quilt3 finds in its place while the session is entered."""

    def __init__(self, home):
        self.folder = pathlib.Path(home) / "sessions"
        self.base = dict(os.environ)
        # A named endpoint rarely answers at `bucket.host`.
        self.path_style = pathlib.Path(home) / "path-style"
        self.path_style.write_text("[default]\ns3 =\n  addressing_style = path\n")
        self.clients = {}
        self.current = None
        # Last answer of the registry in this request; quilt3 keeps the message of a refusal and drops its status.
        self.last_response = None
        LINK.parent.mkdir(parents=True, exist_ok=True)
        quilt3.hooks.set_build_s3_client_hook(self.build_client)

    @contextlib.contextmanager
    def enter(self, session):
        self.current = session["key"]
        self.last_response = None
        folder = self.folder / self.current
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        self.point_at(folder)
        os.environ.clear()
        os.environ.update(self.base)
        os.environ.update(session["env"])
        if any(name.startswith("AWS_ENDPOINT_URL") for name in session["env"]):
            os.environ["AWS_CONFIG_FILE"] = str(self.path_style)
        quilt3.clear_api_key()
        boto3.DEFAULT_SESSION = None
        if new:
            sign_in(session)
        elif (session["token"] or "").startswith("qk_"):
            quilt3.login_with_api_key(session["token"])
        if quilt3.session.get_registry_url() is not None:
            self.listen()
        try:
            yield
        finally:
            self.current = None

    def forget(self, params):
        """Drops what a session left: its login on disk and its S3 clients."""
        shutil.rmtree(self.folder / params["key"], ignore_errors=True)
        self.clients = {key: client for key, client in self.clients.items() if key[0] != params["key"]}

    def point_at(self, folder):
        spare = LINK.with_name("Quilt.next")
        spare.unlink(missing_ok=True)
        spare.symlink_to(folder)
        spare.replace(LINK)

    def listen(self):
        """Notes each answer that quilt3's own HTTP session gets; nothing of it is changed. A refused refresh is the operation's to report."""
        with contextlib.suppress(quilt3.util.QuiltException):
            session = quilt3.session.get_session()
            for scheme in ("http://", "https://"):
                session.mount(scheme, Listener(self))

    def build_client(self, build, session, client_kwargs, **more):
        """One S3 client a session, signed or not: quilt3 would build one, at some 50 ms, for each object."""
        unsigned = client_kwargs["config"].signature_version is UNSIGNED
        key = (self.current, unsigned)
        if key not in self.clients:
            self.clients[key] = build(session, client_kwargs, **more)
        return self.clients[key]


class Listener(requests.adapters.HTTPAdapter):
    def __init__(self, sessions):
        super().__init__()
        self.sessions = sessions

    def send(self, request, **how):
        response = super().send(request, **how)
        self.sessions.last_response = response
        return response


def sign_in(session):
    """Leaves the folder as `quilt3 config` and `quilt3 login` would."""
    quilt3.config(navigator_url=session["catalogUrl"], registryUrl=session["registryUrl"], region=session["region"])
    token = session["token"]
    if token is None and session["refreshToken"] is None:
        return
    if session["registryUrl"] is None and session["catalogUrl"] is not None:
        quilt3.config(session["catalogUrl"])
    if (token or "").startswith("qk_"):
        quilt3.login_with_api_key(token)
    else:
        auth = {"access_token": token, "refresh_token": session["refreshToken"], "expires_at": expiry(token)}
        write(quilt3.session.AUTH_PATH, {quilt3.session.get_registry_url(): auth})
    if not session["keys"]:
        # Keys that have run out: quilt3 fetches the registry's when it first needs any.
        write(quilt3.session.CREDENTIALS_PATH, {"access_key": "-", "secret_key": "-", "token": "-", "expiry_time": "2000-01-01T00:00:00Z"})


def write(path, content):
    path.write_text(json.dumps(content))
    path.chmod(0o600)


def expiry(token):
    """`exp` of a JWT, epoch seconds. None at all has run out, and one that is no JWT is left to the registry to judge."""
    if token is None:
        return 0
    try:
        payload = token.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"]
    except (IndexError, KeyError, ValueError):
        return time.time() + 3600


def registry_url(_):
    return quilt3.session.get_registry_url()


def aws_credentials(_):
    # quilt3 itself asks here and keeps the answer; its boto3 session shows the keys but not when they end.
    return quilt3.session.get_session().get(f"{quilt3.session.get_registry_url()}/api/auth/get_credentials").json()


OPERATIONS = {"registryUrl": registry_url, "awsCredentials": aws_credentials}
