"""Discovery: a chain of faces for each role, the first that has a character draws it.

Default editions use the font wheels only, so that every machine sets the same bytes.  Other faces come first where
the run asks for them (`font`, a path), where `REISSUE_FONT_DIR` holds them, or where the theme names a family
(`[pdf.fonts]`), looked up with fontconfig and in the folders systems keep fonts in.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from convert.errors import MissingDependency
from convert.typeset.fonts.face import Face, face

Role = Literal["body", "strong", "heading", "kai"]
ROLES: tuple[Role, ...] = ("body", "strong", "heading", "kai")

_WHEELS = {"CN": "pylopdf_fonts_zh_cn", "TW": "pylopdf_fonts_zh_tw", "HK": "pylopdf_fonts_zh_tw"}
_OTHER = {"CN": "TW", "TW": "CN", "HK": "CN"}
_SHAPE = {"body": "serif", "strong": "serif", "heading": "sans", "kai": "serif"}
_LANGUAGE = {"CN": "zh-Hans", "TW": "zh-Hant-TW", "HK": "zh-Hant-HK"}
_FOLDERS = (
    "~/.local/share/fonts", "~/.fonts", "/usr/share/fonts", "/usr/local/share/fonts",
    "~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts",
)
_ENDINGS = (".otf", ".ttf", ".ttc", ".otc")


@dataclass(frozen=True)
class Found:
    """One face of a role's chain and why it is there: `option`, `folder`, `theme` or `wheel`."""

    role: Role
    face: Face
    why: str


@dataclass(frozen=True)
class FontSet:
    """The chains of one edition.  `notices` are sentences for the user."""

    region: str
    chains: Mapping[str, tuple[Face, ...]]
    found: tuple[Found, ...]
    notices: tuple[str, ...]

    def chain(self, role: str) -> tuple[Face, ...]:
        """Faces of a role in the order they are asked for a character."""
        return self.chains[role]


def font_set(region: str, wanted: Mapping[str, Any] | None = None, option: str | None = None) -> FontSet:
    """The faces of an edition for `region` (CN, TW or HK).

    `wanted` names families by role, `"Family"` or `"Family:bold"`, in order of preference; `option` is a font file
    that draws every role first.  Raises `MissingDependency` where there is no face at all.
    """
    chosen = tuple((role, tuple(_names((wanted or {}).get(role)))) for role in ROLES)
    return _font_set(region, chosen, option, os.environ.get("REISSUE_FONT_DIR"))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        yield from (str(name) for name in value)


@cache
def _font_set(
    region: str, wanted: tuple[tuple[Role, tuple[str, ...]], ...], option: str | None, folder: str | None
) -> FontSet:
    language = _LANGUAGE[region]
    notices: list[str] = []
    found: list[Found] = []
    chains: dict[str, tuple[Face, ...]] = {}
    for role, families in wanted:
        mine: list[Found] = []
        if option:
            mine += [Found(role, one, "option") for one in _file(Path(option).expanduser(), language)]
        if folder:
            mine += [Found(role, one, "folder") for one in _folder(Path(folder), role, language)]
        for family in families:
            one = _family(family.format(region=region, script="SC" if region == "CN" else "TC"), language)
            if one is None:
                notices.append(f"The style asks for the font “{family}”, which is not here; the built-in one is used.")
            else:
                mine.append(Found(role, one, "theme"))
        mine += [Found(role, one, "wheel") for one in _wheels(region, role)]
        chain = tuple(dict.fromkeys(item.face for item in mine))
        if not chain:
            raise MissingDependency(
                "No Chinese font was found. Run `pip install pylopdf-fonts-zh-cn pylopdf-fonts-zh-tw`, "
                "or name a font file with --font."
            )
        found += mine
        chains[role] = chain
    if region == "HK" and all(item.why == "wheel" for item in found):
        notices.append("The built-in fonts have no Hong Kong forms: the PDF uses Taiwan forms. For others, use --font.")
    return FontSet(region, chains, tuple(found), tuple(dict.fromkeys(notices)))


def _wheels(region: str, role: Role) -> Iterator[Face]:
    """The region's own face of the right shape, then its other shape, then the other region's two."""
    shapes = ("serif", "sans") if _SHAPE[role] == "serif" else ("sans", "serif")
    for place in (region, _OTHER[region]):
        for shape in shapes:
            try:
                wheel = importlib.import_module(_WHEELS[place])
            except ImportError:
                continue
            # A wheel has one region's forms: asked for Hong Kong's, the Traditional one gives a wrong dash.
            yield face(Path(getattr(wheel, f"{shape}_path")()), 0, _LANGUAGE["CN" if place == "CN" else "TW"])


def _file(path: Path, language: str, family: str | None = None) -> Iterator[Face]:
    if not path.is_file():
        raise MissingDependency(f"There is no font file {path}. Check --font.")
    yield face(path, _collection_index(path, language), language)


def _collection_index(path: Path, language: str) -> int:
    """In a collection of the five Noto CJK regions the index whose name says the edition's region, else 0."""
    if path.suffix.lower() not in (".ttc", ".otc"):
        return 0
    import uharfbuzz as hb

    marks = {"zh-Hans": ("SC", "CN"), "zh-Hant-TW": ("TC", "TW"), "zh-Hant-HK": ("HK", "TC")}[language]
    count = hb.Face(hb.Blob.from_file_path(str(path)), 0).count if hasattr(hb.Face, "count") else 0
    names = []
    for index in range(count or 16):
        one = hb.Face(hb.Blob.from_file_path(str(path)), index)
        if not one.glyph_count:
            break
        name = one.get_name(hb.OTNameIdPredefined.FONT_FAMILY) or ""
        if "Mono" not in name:
            names.append((index, name))
    for mark in marks:
        for index, name in names:
            if f" {mark}" in f" {name}":
                return index
    return 0


def _folder(folder: Path, role: Role, language: str) -> Iterator[Face]:
    """Fonts of a user's folder for a role, by words in their file names: bold, sans/hei, kai; the rest are body."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _ENDINGS and _role_of(path.stem.lower()) == role:
            yield from _file(path, language)


def _role_of(stem: str) -> Role:
    if "kai" in stem:
        return "kai"
    if "sans" in stem or "hei" in stem or "gothic" in stem:
        return "heading"
    return "strong" if "bold" in stem or "black" in stem else "body"


@cache
def _family(name: str, language: str) -> Face | None:
    """A face by family name and optional style, through fontconfig, else by file name in the usual folders."""
    family, _, style = name.partition(":")
    found = _fontconfig(family, style)
    if found is not None:
        return face(found[0], found[1], language)
    wanted = family.replace(" ", "").lower()
    for folder in _FOLDERS:
        base = Path(folder).expanduser()
        if not base.is_dir():
            continue
        for path in sorted(base.rglob("*")):
            stem = path.stem.lower()
            if path.suffix.lower() in _ENDINGS and stem.startswith(wanted) and style.lower() in stem:
                return face(path, _collection_index(path, language), language)
    return None


def _fontconfig(family: str, style: str) -> tuple[Path, int] | None:
    if shutil.which("fc-match") is None:
        return None
    pattern = family + (f":style={style}" if style else "")
    try:
        run = subprocess.run(
            ["fc-match", "-f", "%{family}\t%{style}\t%{file}\t%{index}", pattern],
            capture_output=True, text=True, timeout=20, check=True,
        )
        families, styles, file, index = run.stdout.split("\t")
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    if family.lower() not in families.lower().split(",") or style.lower() not in styles.lower():
        return None
    return Path(file), int(index) & 0xFFFF
