"""Entry points of what is installed, read from the packages' own `entry_points.txt`.

`importlib.metadata` gives the same answer for thirty milliseconds a start: it brings the mail parser and the sockets
along.  It is asked where something on the path is no folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache

METADATA = (".dist-info", ".egg-info")


@cache
def entry_points(group: str) -> dict[str, str]:
    """Name to `module:attribute`, sorted by name."""
    found = dict(_all(group))
    return {name: found[name] for name in sorted(found)}


def _all(group: str) -> Iterator[tuple[str, str]]:
    for points in _files():
        yield from points.get(group, {}).items()


@cache
def _files() -> list[dict[str, dict[str, str]]]:
    """The groups of every package on the path; of a package found twice the first holds, as for an import."""
    seen: set[str] = set()
    found: list[dict[str, dict[str, str]]] = []
    for folder in dict.fromkeys(entry or "." for entry in sys.path):
        try:
            entries = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith(METADATA))
        except NotADirectoryError:
            return _asked()
        except OSError:
            continue
        for name in entries:
            package = name.partition("-")[0].removesuffix(".egg").lower().replace(".", "_")
            if package not in seen:
                seen.add(package)
                found.append(_read(os.path.join(folder, name, "entry_points.txt")))  # noqa: PTH118 - `pathlib` is the dearer
    return found


def _read(path: str) -> dict[str, dict[str, str]]:
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            lines = file.read().splitlines()
    except OSError:
        return {}
    groups: dict[str, dict[str, str]] = {}
    group: dict[str, str] = {}
    for line in map(str.strip, lines):
        if line.startswith("["):
            group = groups.setdefault(line.strip("[]").strip(), {})
        elif line and line[0] not in "#;":
            name, _, target = line.partition("=")
            group[name.strip()] = target.partition("[")[0].strip()
    return groups


def _asked() -> list[dict[str, dict[str, str]]]:
    from importlib.metadata import distributions

    groups: dict[str, dict[str, str]] = {}
    for distribution in distributions():
        for point in distribution.entry_points:
            groups.setdefault(point.group, {})[point.name] = f"{point.module}:{point.attr}"
    return [groups]
