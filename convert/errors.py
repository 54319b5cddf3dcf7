"""One exception family: every error has an exit code and a sentence that tells the user what to do.

Exit codes (DESIGN section 3): 0 done, 1 findings or some inputs failed, 2 usage, 3 unreadable input,
4 missing dependency, 5 a law was broken.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command tells the shell."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    MISSING = 4
    BROKEN_LAW = 5


class ReissueError(Exception):
    """Root of all errors Reissue raises on purpose; `str(error)` is a sentence for the user."""

    exit_code: ExitCode = ExitCode.FINDINGS


class OutputError(ReissueError):
    """An edition could not be written (disk full, folder read-only, a file that is not ours in the way)."""


class UsageError(ReissueError):
    """The caller asked for something that does not exist or contradicts itself."""

    exit_code = ExitCode.USAGE


class UnreadableInput(ReissueError):
    """The input cannot be read as text: missing, binary, too large, or not in the encoding it claims."""

    exit_code = ExitCode.UNREADABLE


class MissingDependency(ReissueError):
    """Something outside the package is needed: a font, an optional extra, a tool."""

    exit_code = ExitCode.MISSING


class BrokenLaw(ReissueError):
    """Partition or balance does not hold: nothing is written, and the message says where."""

    exit_code = ExitCode.BROKEN_LAW
