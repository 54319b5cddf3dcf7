"""The last line: every way a command can end becomes one sentence on stderr and an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType
from typing import Any

from convert.errors import ExitCode, ReissueError


class Stopped(BaseException):
    """Ctrl-C or SIGTERM: what is finished stays whole, what is not is cleared away.

    Not a `KeyboardInterrupt`, which Typer would answer itself, without a word.
    """

    def __init__(self, signum: int) -> None:
        self.exit_code = 128 + signum


def _stop(signum: int, frame: FrameType | None) -> None:
    for name in SIGNALS:  # a second one must not tear the clearing away
        signal.signal(name, signal.SIG_IGN)
    raise Stopped(signum)


SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def guarded(arguments: list[str]) -> int:
    """Run the app on `arguments` and return its exit code; REISSUE_DEBUG=1 adds the traceback of what went wrong."""
    before = {name: signal.signal(name, _stop) for name in SIGNALS if signal.getsignal(name) is not signal.SIG_IGN}
    try:
        return _guarded(arguments)
    finally:
        gc.enable()
        for name, handler in before.items():
            signal.signal(name, handler)


def _guarded(arguments: list[str]) -> int:
    try:
        code = _run(arguments)
        sys.stdout.flush()  # here, where a full disk behind it still becomes a sentence
        return code
    except Stopped as stop:
        _say("Stopped. Finished editions are whole; run the command again to go on.")
        return stop.exit_code
    except BrokenPipeError:
        return int(ExitCode.DONE)
    except ReissueError as error:
        _say(str(error))
        _debug(error)
        return int(error.exit_code)
    except OSError as error:
        if not error.strerror:
            return _unforeseen(error)
        if error.filename is None:
            _say(f"The output could not be written: {error.strerror}.")
            _debug(error)
            return int(ExitCode.FINDINGS)
        _say(f"{error.filename} cannot be used: {error.strerror}.")
        _debug(error)
        return int(ExitCode.UNREADABLE)
    except Exception as error:
        return _unforeseen(error)


def _unforeseen(error: Exception) -> int:
    from convert.batch.task import describe

    sentence, code, _ = describe(error, "reissue")
    _say(sentence)
    _debug(error)
    return int(code)


def _run(arguments: list[str]) -> int:
    import typer

    from convert.cli.app import app
    from convert.cli.plain import narrow, quicken

    try:
        command = quicken(typer.main.get_command(narrow(app, arguments)))
        code: Any = command.main(args=arguments, prog_name="reissue", standalone_mode=False)
    except typer.Exit as end:
        return int(end.exit_code)
    except typer.Abort:
        return 128 + signal.SIGINT
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
