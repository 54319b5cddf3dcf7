"""Bytes to text: which encoding, told from the bytes alone, and never a character guessed.

A byte-order mark decides; else what is valid UTF-8 is UTF-8; else every candidate is tried and the decoding that
reads most like Chinese wins (`plausibility`).  A byte the winner cannot decode is an error with its offset.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from convert.errors import UnreadableInput, UsageError
from convert.readers import binary
from convert.readers.plausibility import control_share, plausibility

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
FOREIGN = {"euc_jp": "Japanese EUC-JP", "cp932": "Japanese Shift-JIS", "cp949": "Korean EUC-KR"}
"""Encodings of neighbours that pass for Chinese ones byte by byte; text in them is refused by name unless it is forced."""
CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "cp950": "big5hkscs", "utf-8-sig": "utf-8", "ascii": "utf-8",
}
"""Labels read as the superset files really hold (WHATWG Encoding Standard, section 4.2)."""
_OTHER_NAMES = {"big5-hkscs": "big5hkscs", "hkscs": "big5hkscs", "big5-eten": "big5hkscs", "cp1200": "utf-16-le"}
_NOT_TEXT = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"})

SAMPLE = 1 << 16
MIN_PLAUSIBLE = -0.25
"""A detected decoding below this mean weight is refused.  On 200 characters of real pages right decodings measure 0.59 or
more and wrong ones -0.56 or less; on 20 characters 0.0 or more and 0.3 or less."""
LEGACY = frozenset({"gb18030", "big5hkscs"})
UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc-\xbd][\x80-\xbf]){6}")
"""Six Han characters or full-width marks in UTF-8 in a row: bytes that no text in GB 18030 or Big5 has by chance."""
UTF8_BONUS = 1.0
"""Bytes are hardly ever UTF-8 by chance: a file of it with a few broken bytes is still that file."""
FOREIGN_BELOW, FOREIGN_MARGIN, FOREIGN_BYTES = 0.55, 0.05, 80
"""A neighbour's encoding is considered where the best Chinese one is this doubtful, and must be this much better."""
MIN_WITH_CONTROLS = -1.0
"""The same for a text with some control characters, each of which weighs -4."""
MAX_CONTROLS, MANY_CONTROLS, MOSTLY_CONTROLS = 0.05, 8, 0.3
"""A file is binary where more than this share of its characters are control characters, and at least so many of them, or so
great a part."""

_GB18030_2022 = str.maketrans(dict(zip(
    [*range(0xE78D, 0xE797), 0xE7C7, 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864,
     0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855],
    "︐︒︑︓︔︕︖︗︘︙ḿ龴龵龶龷龸龹龺龻\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
    strict=True,
)))
"""Python decodes GB 18030-2000; since 2005 and 2022 these codes are characters, not private use (WHATWG gb18030 index)."""


_BIG5_WINDOWS = str.maketrans("•､‾∼♁☉¥¢£⼳", "‧﹑¯～⊕⊙￥￠￡幺")
"""Marks Python's Big5-HKSCS maps otherwise than Windows and browsers do (WHATWG Encoding Standard, index Big5)."""
_AMENDED: dict[str, Mapping[int, str | int]] = {"gb18030": _GB18030_2022, "big5hkscs": _BIG5_WINDOWS}
EURO_BIG5 = b"\xa3\xe1"
"""The euro sign of Windows code page 950, which Python's Big5-HKSCS lacks."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte-order mark, the codec's name, and whether it had to be told from the contents."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, name: str, forced: str | None = None) -> Decoded:
    """Decode a whole file.  Raises `UnreadableInput` (binary, undecodable, implausible) or `UsageError` (no such encoding)."""
    if forced:
        encoding = codec(forced)
        return Decoded(_strict(data, encoding, name, "was asked for"), encoding, False)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return Decoded(_strict(data, encoding, name, "its byte-order mark says"), encoding, False)
    _refuse_known_binary(data, name)
    if b"\0" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            _refuse_controls(text, name)
            return Decoded(text, "utf-8", False)
    return _guess(data, name)


def codec(label: str) -> str:
    """The codec a label means.  Raises `UsageError` for what is not an encoding of text."""
    key = label.strip().lower().replace("_", "-")
    try:
        found = codecs.lookup(_OTHER_NAMES.get(key, key)).name
    except (LookupError, ValueError):
        found = ""
    if not found or found in _NOT_TEXT or not _is_text(found):
        raise UsageError(
            f"“{label}” is not an encoding Reissue knows. Try utf-8, gb18030, big5, utf-16, utf-16-le, utf-16-be or utf-32."
        )
    return SUPERSETS.get(found, found)


def _is_text(name: str) -> bool:
    try:
        str(b"ab", name)
    except LookupError:
        return False
    except UnicodeError:
        return True
    return True


def _guess(data: bytes, name: str) -> Decoded:
    begins = UTF8_RUN.search(data)
    if begins and _is_utf8(data[:begins.start()]):
        return Decoded(_strict(data, "utf-8", name, "it begins as"), "utf-8", False)
    sample = _sample(data)
    scored = {encoding: plausibility(_lenient(sample, encoding)) for encoding in CANDIDATES}
    scored["utf-8"] += UTF8_BONUS
    best = max(CANDIDATES, key=lambda encoding: scored[encoding])
    if begins and (best in LEGACY or scored[best] < MIN_PLAUSIBLE):
        raise UnreadableInput(
            f"{name} is not UTF-8 at first, but from byte offset {begins.start()} (line {_line(data, begins.start())}) on it is. "
            "If two files were put together, convert them to one encoding first."
        )
    _refuse_controls(_lenient(sample, best), name)
    if scored[best] < MIN_PLAUSIBLE:
        raise UnreadableInput(
            f"{name} is a binary file, or text in an encoding that cannot be told from its bytes. "
            "If it is text, say which encoding with --encoding."
        )
    if scored[best] < FOREIGN_BELOW and len(sample) >= FOREIGN_BYTES:
        _refuse_foreign(sample, scored[best], name)
    return Decoded(_strict(data, best, name, "it reads as"), best, best != "utf-8")


def _refuse_foreign(sample: bytes, score: float, name: str) -> None:
    for encoding, what in FOREIGN.items():
        if plausibility(_lenient(sample, encoding), foreign=True) > score + FOREIGN_MARGIN:
            raise UnreadableInput(f"{name} reads as {what}, not as Chinese. If it is right, say --encoding {encoding}.")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_high(data: bytes) -> int:
    """Offset of the first byte that is not plain ASCII; 0 where there is none."""
    found = re.search(rb"[\x00\x80-\xff]", data)
    return found.start() if found else 0


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _sample(data: bytes) -> bytes:
    """Up to 64 KiB from the first byte that is not plain ASCII, at a multiple of four for UTF-16 and UTF-32."""
    start = _first_high(data) & ~3
    return data[start:start + SAMPLE]


def _lenient(sample: bytes, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return decoder.decode(sample, final=len(sample) < SAMPLE)


def _strict(data: bytes, encoding: str, name: str, because: str) -> str:
    for bom, marked in BOMS:
        if marked == encoding and data.startswith(bom):
            skip = len(bom)
            break
    else:
        skip = 0
    parts: list[str] = []
    while True:
        try:
            parts.append(str(memoryview(data)[skip:], encoding))
            break
        except UnicodeDecodeError as error:
            offset = error.start + skip
            if encoding != "big5hkscs" or data[offset:offset + 2] != EURO_BIG5:
                raise UnreadableInput(_complaint(data, error, offset, encoding, name, because)) from None
            parts += (str(memoryview(data)[skip:offset], encoding), "€")
            skip = offset + len(EURO_BIG5)
    return "".join(parts).translate(_AMENDED.get(encoding, {}))


def _complaint(data: bytes, error: UnicodeDecodeError, offset: int, encoding: str, name: str, because: str) -> str:
    shown = data[offset:offset + max(1, min(error.end - error.start, 4))].hex(" ").upper()
    line = _line(data, offset)
    what = "ends in the middle of a character" if "unexpected end" in error.reason or "truncated" in error.reason else (
        f"has the bytes {shown} there, which are no character of it")
    advice = _other_encoding(data, offset, encoding)
    claimed = encoding.upper()
    return f"{name} is not {claimed} ({because} {claimed}): at byte offset {offset} (line {line}) it {what}. {advice}"


def _other_encoding(data: bytes, offset: int, encoding: str) -> str:
    """What to do about it; names the encoding the rest seems to be in where the file was put together from two."""
    rest = data[offset:offset + 4096].split(b"\n", 1)[0]
    scores = {other: plausibility(_lenient(rest, other)) for other in ("utf-8", "gb18030", "big5hkscs") if other != encoding}
    best = max(scores, key=lambda other: scores[other])
    if len(rest) >= 8 and scores[best] > 0.2:
        return (f"From there it reads as {best.upper()}: if two files were put together, convert them to one encoding first; "
                f"if the whole is {best.upper()}, say --encoding {best}.")
    return "Mend the file, or name its encoding with --encoding."


def _refuse_known_binary(data: bytes, name: str) -> None:
    what = binary.described(data)
    if what:
        raise UnreadableInput(f"{name} is {what}.")


def _refuse_controls(text: str, name: str) -> None:
    """Refuse a binary file; a handful of control characters in a short Chinese text is let pass."""
    text = text[:SAMPLE]
    share = control_share(text)
    if share <= MAX_CONTROLS:
        return
    handful = share <= MOSTLY_CONTROLS and share * len(text) < MANY_CONTROLS and plausibility(text) >= MIN_WITH_CONTROLS
    if not handful:
        raise UnreadableInput(f"{name} is a binary file, not text. Give the OCR's text, hOCR, ALTO, PAGE XML or PDF.")
