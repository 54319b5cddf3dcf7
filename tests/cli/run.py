"""Run the command line in this process, as the shell would see it."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from convert.cli.guard import guarded


@dataclass
class Ran:
    """Exit code and the two streams."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def reissue(*arguments: object, stdin: bytes = b"") -> Ran:
    """`reissue ARGUMENTS`, with bytes on standard input."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", write_through=True))
        code = guarded([str(argument) for argument in arguments])
        ran = Ran(code, out.getvalue(), err.getvalue().decode("utf-8"))
    assert "Traceback" not in ran.err
    return ran
