"""Runs Alembic's commands for Crosscheck: one JSON request a line in, one answer a line out. Each command runs in a process of its own."""

import io
import json
import logging
import os
import sys
import traceback

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def configure(ini, url):
    os.chdir(os.path.dirname(os.path.abspath(ini)))
    config = Config(ini, stdout=io.StringIO())
    # A percent sign is the configuration's own mark.
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def answer(ini, request):
    config = configure(ini, request.get("url", "postgresql://nowhere/nothing"))
    do = request["do"]
    if do == "history":
        script = ScriptDirectory.from_config(config)
        # From the first to the last; of a fork, one branch after the other.
        return {"revisions": [one.revision for one in script.walk_revisions()][::-1], "heads": list(script.get_heads())}
    if do == "up":
        command.upgrade(config, request["to"])
        return {}
    if do == "down":
        command.downgrade(config, request["to"])
        return {}
    raise ValueError(do)


def last_lines(error):
    lines = str(error).strip().splitlines()
    # SQLAlchemy adds the statement and its values; what went wrong is above.
    kept = [line for line in lines if not line.startswith(("[parameters:", "(Background on this error"))]
    return f"{type(error).__name__}: " + " | ".join(kept[:6])


def run(ini, request):
    os.environ.update(request.get("environment", {}))
    sys.path.insert(0, os.path.dirname(os.path.abspath(ini)))
    try:
        return {"ok": True, **answer(ini, request)}
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except ImportError as error:
        # What is not installed here says nothing of the migration.
        return {"ok": False, "lacks": last_lines(error)}
    except BaseException as error:  # what ends the process of a migration ends the migration
        traceback.print_exc()
        return {"ok": False, "error": last_lines(error)}


def main():
    ini = sys.argv[1]
    logging.disable(logging.CRITICAL)
    # Whatever a history prints, itself or by a process of its own, goes to where errors go; answers alone go out.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            answers.close()
            # A history that asks for input must not take the next request.
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            with os.fdopen(write, "w") as out:
                json.dump(run(ini, request), out)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as told:
            text = told.read()
        os.waitpid(child, 0)
        print(text or json.dumps({"ok": False, "error": "the process ended before its answer"}), file=answers, flush=True)


main()
