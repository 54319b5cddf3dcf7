"""The command `reissue`.  `main` answers `--version` before anything heavy is imported, and never shows a traceback."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from convert import __version__

        print(f"reissue {__version__}")
        return
    from convert.cli.guard import guarded

    _leave(guarded(sys.argv[1:]))


def _leave(code: int) -> None:
    """Exit at once: taking the heap of a run apart, object by object, takes a tenth of a second nobody gains by.

    Files are closed and folders gone by now; where threads are left, as a cluster's are, Python ends in its own way.
    """
    import threading

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the guard has said what there was to say
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if threading.active_count() > 1:
        sys.exit(code)
    os._exit(code)
