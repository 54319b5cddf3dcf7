"""Plain values without Pydantic, which Typer loads for a fifth of a second to learn that a string is a string.

Only what needs no judging is taken: text, paths that nothing speaks against, whole numbers, lists of text or paths.
Everything else, every slip, and any Typer that names its parts otherwise goes Typer's own way, with its messages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from copy import copy
from pathlib import Path
from typing import Any

KINDS: dict[Any, Any] = {str: str, Path: Path, int: int, list[str]: str, list[Path]: Path}


def narrow(app: Any, arguments: Sequence[str]) -> Any:
    """`app` with the one command the arguments begin with; whole where they begin otherwise, as with `--help`."""
    wanted = [info for info in app.registered_commands if arguments and (info.name or info.callback.__name__) == arguments[0]]
    if len(wanted) != 1:
        return app
    one = copy(app)
    one.registered_commands = wanted
    return one


def quicken(command: Any) -> Any:
    """`command` and those below it, with the short way before Typer's."""
    params = command.get_params

    def quick(context: Any) -> list[Any]:
        """The command's parameters, `--help` too, which is made when first asked for."""
        for param in (found := params(context)):
            if hasattr(param, "type_descriptor") and "process_value" not in vars(param):
                param.process_value = _short(param, KINDS.get(param.type_descriptor.annotation), param.process_value)
        return list(found)

    command.get_params = quick
    for below in getattr(command, "commands", {}).values():
        quicken(below)
    return command


def _short(param: Any, kind: Any, typers: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    many = param.multiple or param.nargs == -1

    def process(context: Any, value: Any) -> Any:
        if value is None and not param.required:
            value = () if many else None
        elif many and value and isinstance(value, list | tuple) and all(_is_plain(kind, item) for item in value):
            value = [kind(item) for item in value]
        elif not many and _is_plain(kind, value):
            value = kind(value)
        else:
            return typers(context, value)
        return value if param.callback is None else param.callback(context, param, value)

    return process


def _is_plain(kind: Any, value: Any) -> bool:
    if kind is int:
        return isinstance(value, int) or (isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 5)
    if kind is None or not isinstance(value, str):
        return False
    # `access` is also asked whether it exists: unlike `Path.exists` it has an answer for names no file system holds
    return kind is str or not os.access(value, os.F_OK) or os.access(value, os.R_OK)
