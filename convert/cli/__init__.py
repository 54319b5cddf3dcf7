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

    code = guarded(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
