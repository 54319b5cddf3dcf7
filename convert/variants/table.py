"""The variants an edition can be in, their language tags (BCP 47) and the region whose forms and marks they use."""

from __future__ import annotations

from dataclasses import dataclass

from convert.errors import UsageError


@dataclass(frozen=True, slots=True)
class Variant:
    """`region` is CN, TW or HK and decides glyph forms and punctuation; `script` is Hans or Hant.

    For `source` language, region and script are those of the issue: use `for_issue`.
    """

    name: str
    language: str
    region: str
    script: str
    config: str | None
    label: str


CN = Variant("cn", "zh-Hans", "CN", "Hans", None, "简体中文")
T = Variant("t", "zh-Hant", "TW", "Hant", "s2t", "繁體中文（OpenCC 標準）")
TW = Variant("tw", "zh-Hant-TW", "TW", "Hant", "s2tw", "繁體中文（臺灣）")
TWP = Variant("twp", "zh-Hant-TW-x-twp", "TW", "Hant", "s2twp", "繁體中文（臺灣，用詞轉換）")
HK = Variant("hk", "zh-Hant-HK", "HK", "Hant", "s2hk", "繁體中文（香港）")
HKP = Variant("hkp", "zh-Hant-HK-x-hkp", "HK", "Hant", "s2hkp", "繁體中文（香港，用詞轉換）")
SOURCE = Variant("source", "", "", "", None, "原文")

VARIANTS: dict[str, Variant] = {v.name: v for v in (CN, T, TW, TWP, HK, HKP, SOURCE)}
ALL = ("cn", "t", "tw", "twp", "hk")
"""What `--variant all` means."""
DEFAULT = ("cn", "tw", "hk")


def variant(name: str) -> Variant:
    """The variant of that name.  Raises `UsageError` naming those there are."""
    try:
        return VARIANTS[name]
    except KeyError:
        raise UsageError(f"There is no variant called “{name}”. There are: all, {', '.join(VARIANTS)}.") from None


def region_of(language: str) -> str:
    """CN, TW or HK for a language tag; Traditional without a region counts as TW."""
    if language.startswith("zh-Hant"):
        return "HK" if "-HK" in language else "TW"
    return "CN"


def for_issue(chosen: Variant, language: str) -> Variant:
    """`source` made concrete by the issue's own language; any other variant as it is."""
    if chosen.name != "source":
        return chosen
    script = "Hant" if language.startswith("zh-Hant") else "Hans"
    return Variant("source", language, region_of(language), script, None, chosen.label)
