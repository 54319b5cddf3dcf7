"""The last line: every way a command can end becomes one sentence on stderr and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Any

from convert.errors import ExitCode, ReissueError

INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM


class Terminated(KeyboardInterrupt):
    """SIGTERM, handled as Ctrl-C is: what is finished stays whole, what is not is cleared away."""


def _on_term(signum: int, frame: FrameType | None) -> None:
    raise Terminated


def guarded(arguments: list[str]) -> int:
    """Run the app on `arguments`; never raises, except with REISSUE_DEBUG=1, where the traceback is what is wanted."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _on_term)
    try:
        return _run(arguments)
    except Terminated:
        _say("Stopped. Finished editions are whole; run the command again to go on.")
        return TERMINATED
    except KeyboardInterrupt:
        _say("Stopped. Finished editions are whole; run the command again to go on.")
        return INTERRUPTED
    except BrokenPipeError:
        return int(ExitCode.DONE)
    except ReissueError as error:
        _say(str(error))
        _debug(error)
        return int(error.exit_code)
    except Exception as error:
        from convert.batch.task import describe

        sentence, code, _ = describe(error, "reissue")
        _say(sentence)
        _debug(error)
        return code


def _run(arguments: list[str]) -> int:
    import typer

    from convert.cli.app import app

    try:
        code: Any = typer.main.get_command(app).main(args=arguments, prog_name="reissue", standalone_mode=False)
    except typer.Exit as end:
        return int(end.exit_code)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return _usage(error)
    return int(code or 0)


def _usage(error: Any) -> int:
    """A slip on the command line: what is wrong, and where help is."""
    message = str(error.format_message()).strip()
    context = getattr(error, "ctx", None)
    if not message:  # no command at all: the help was shown
        return int(ExitCode.USAGE)
    where = context.command_path if context is not None else "reissue"
    _say(f"{message if message.endswith(('.', '?')) else message + '.'} See `{where} --help`.")
    return int(ExitCode.USAGE)


def _say(sentence: str) -> None:
    try:
        print(f"reissue: {sentence}", file=sys.stderr)
    except UnicodeEncodeError:
        print(f"reissue: {sentence}".encode("ascii", "backslashreplace").decode(), file=sys.stderr)
    except OSError:
        pass


def _debug(error: BaseException) -> None:
    if os.environ.get("REISSUE_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
