"""Drives the published quilt3 for quilt3-python.ts: one request a line on stdin, one answer a line on stdout, logs on stderr.

First line out: {"ready": {"quilt3": VERSION, "home": DIR}}. Request: {"id", "session", "operation", "params"}; answer: {"id", "value"} or
{"id", "error"}. It ends when stdin closes, in the middle of a request too, and takes its home with it.
"""

import contextlib
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
import time
import traceback

ANSWERS = os.fdopen(os.dup(1), "w", encoding="utf-8")
# quilt3 prints what it pushed; a stray line among the answers would be garbage.
os.dup2(2, 1)

HOME = tempfile.mkdtemp(prefix="crosscheck-quilt3-")


# What a process needs to run at all; everything else in the harness's environment is none of the client's.
KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")


def move_home():
    """quilt3 fixes its folders when it is imported, so they are set before."""
    for name in [name for name in os.environ if name not in KEPT]:
        del os.environ[name]
    os.environ.update(HOME=HOME, XDG_DATA_HOME=f"{HOME}/data", XDG_CACHE_HOME=f"{HOME}/cache", XDG_CONFIG_HOME=f"{HOME}/config")
    # No metrics to the vendor, no progress bars, and no cache on disk that a second user of this process would read.
    os.environ.update(QUILT_DISABLE_USAGE_METRICS="1", QUILT_MINIMIZE_STDOUT="true", QUILT_DISABLE_CACHE="true")
    # Keys come from the session; without any, boto3 would ask the machine's metadata service for some.
    os.environ.update(AWS_EC2_METADATA_DISABLED="true", PYTHONDONTWRITEBYTECODE="1")
    # One try: the five of botocore, with its pauses, outlive a case that has every answer fail, and say no more than the first.
    os.environ.update(AWS_MAX_ATTEMPTS="1")


def print_line(content):
    return json.dumps(content, allow_nan=False) + "\n"


def answer(line):
    ANSWERS.write(line)
    ANSWERS.flush()


def read_requests(requests):
    """Runs beside the work, so that the end of stdin is seen whatever the work waits for."""
    for line in sys.stdin.buffer:
        requests.put(line)
    leave(0)


def leave(status):
    """Ends the process whatever its threads wait for; quilt3's and ours may hang."""
    shutil.rmtree(HOME, ignore_errors=True)
    os._exit(status)


def main():
    move_home()
    requests = queue.SimpleQueue()
    threading.Thread(target=read_requests, args=(requests,), daemon=True).start()

    import bridge_admin
    import bridge_errors
    import bridge_packages
    import bridge_pushes
    import bridge_session
    import quilt3

    sessions = bridge_session.Sessions(HOME)
    topics = (bridge_packages, bridge_pushes, bridge_session, bridge_admin)
    operations = {name: call for topic in topics for name, call in topic.OPERATIONS.items()}
    operations["forget"] = sessions.forget
    answer(print_line({"ready": {"quilt3": quilt3.__version__, "home": HOME}}))
    while True:
        request = json.loads(requests.get())
        started = time.monotonic()
        try:
            with sessions.enter(request["session"]) if request["session"] else contextlib.nullcontext():
                value = operations[request["operation"]](request["params"])
            # Printed inside, so that a value that is no JSON is an error of this request.
            line = print_line({"id": request["id"], "value": value})
        except Exception as error:  # whatever quilt3 raises is an answer
            line = print_line({"id": request["id"], "error": bridge_errors.describe(error, sessions.last_response)})
        answer(line)
        print(f"{request['operation']}: {time.monotonic() - started:.3f} s", file=sys.stderr)


try:
    main()
except BaseException:
    traceback.print_exc()
    leave(1)
