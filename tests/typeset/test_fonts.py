"""Fonts: what is found, what each face knows, what stands in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from convert.errors import MissingDependency
from convert.typeset.fonts import ROLES, cff, font_set
from convert.typeset.fonts.library import _font_set
from convert.typeset.fonts.outlines import Outlines
from tests.tools import require_module


def test_default_editions_use_the_font_wheels_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REISSUE_FONT_DIR", raising=False)
    for region in ("CN", "TW", "HK"):
        found = font_set(region)
        assert {item.why for item in found.found} == {"wheel"}
        assert set(found.chains) == set(ROLES)
    assert "SC" in font_set("CN").chain("body")[0].name and "TC" in font_set("TW").chain("body")[0].name


def test_body_is_serif_and_headings_are_sans() -> None:
    assert "Serif" in font_set("CN").chain("body")[0].name
    assert "Sans" in font_set("CN").chain("heading")[0].name


def test_hong_kong_says_once_that_it_uses_taiwan_forms() -> None:
    assert len(font_set("HK").notices) == 1 and "Hong Kong" in font_set("HK").notices[0]
    assert not font_set("CN").notices and not font_set("TW").notices


def test_the_chain_has_what_the_first_face_lacks() -> None:
    chain = font_set("TW").chain("body")
    assert not chain[0].has("爲") and any(face.has("爲") for face in chain[1:])


def test_a_font_file_may_be_named(tmp_path: Path) -> None:
    path = font_set("TW").chain("body")[0].path
    found = font_set("CN", option=str(path))
    assert found.chain("body")[0].path == path and found.found[0].why == "option"
    with pytest.raises(MissingDependency, match="no font file"):
        font_set("CN", option=str(tmp_path / "none.otf"))
    bad = tmp_path / "bad.otf"
    bad.write_bytes(b"not a font")
    with pytest.raises(MissingDependency):
        font_set("CN", option=str(bad))


def test_a_folder_of_fonts_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "MyBody.otf").symlink_to(font_set("TW").chain("body")[0].path)
    monkeypatch.setenv("REISSUE_FONT_DIR", str(tmp_path))
    _font_set.cache_clear()
    assert font_set("CN").chain("body")[0].path.name == "MyBody.otf"
    assert "Sans" in font_set("CN").chain("heading")[0].name
    monkeypatch.delenv("REISSUE_FONT_DIR")
    assert font_set("CN").chain("body")[0].path.name != "MyBody.otf"


def test_a_family_the_style_names_but_nobody_has_is_said_and_replaced() -> None:
    found = font_set("CN", {"heading": ["No Such Family At All"]})
    assert "No Such Family" in found.notices[0]
    assert found.chain("heading")[0] is font_set("CN").chain("heading")[0]


def test_codes_are_the_cids_of_the_font_program() -> None:
    face = font_set("CN").chain("body")[0]
    gid = face.glyph("党")
    assert gid and face.cid_keyed and face.glyphs_of([face.code(gid)]) == [gid]
    require_module("fontTools")
    from fontTools.ttLib import TTFont

    charset = TTFont(face.path, lazy=True)["CFF "].cff.topDictIndex[0].charset
    assert charset[gid] == f"cid{face.code(gid):05d}"


def test_look_ups_in_one_go_are_the_same_as_one_by_one() -> None:
    from convert.typeset.fonts.face import Face

    known = font_set("TW").chain("body")[0]
    one, many = (Face(known.path, 0, "zh-Hant-TW") for _ in range(2))
    text = "黨建引領激發活力優秀社會組織脫穎而出"
    many.prime(text)
    assert [many.glyph(c) for c in text] == [one.glyph(c) for c in text]


def test_measures() -> None:
    face = font_set("CN").chain("body")[0]
    assert face.em_box == (880, -120) and face.weight == 400
    assert face.advance(face.glyph("党")) == 1000
    assert face.half("，") == (0, 500) and face.half("“") == (500, 0) and face.half("字") == (0, 0)
    assert font_set("TW").chain("body")[0].half("？") == (250, 250)


def test_the_dash_is_two_em_long_in_every_region_and_direction() -> None:
    for region in ("CN", "TW", "HK"):
        face = font_set(region).chain("body")[0]
        assert sum(glyph.advance for glyph in face.shape("——")) == 2000
        assert sum(glyph.advance for glyph in face.shape("——", {"vert": True}, vertical=True)) == 2000


def test_charsets_in_ranges_are_read_too() -> None:
    from convert.typeset.fonts.cff import Charset

    ranges = Charset([0, 1, 4, 5], [0, 10, 100, 7])
    assert [ranges.cid(gid) for gid in range(7)] == [0, 10, 11, 12, 100, 7, 8]


@pytest.mark.parametrize("region", ["CN", "TW"])
def test_a_subset_has_the_outlines_and_widths_of_the_font_whatever_was_taken_before(region: str) -> None:
    require_module("fontTools")
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.ttLib import TTFont

    face = font_set(region).chain("body")[0]
    outlines = face.outlines
    assert outlines is not None
    wanted: dict[int, tuple[int, str]] = {}
    for text in ("一", "国", "龘", "，", "“", "A", "é", "1", "——"):
        gid = face.shape(text)[0].gid
        wanted[face.code(gid)] = (gid, text)
    fresh = Outlines(face.hb, face.font, face._table("CFF "), cff.Font(face._table("CFF ")))
    program = fresh.program(wanted, face.name, face.box)
    outlines.program({face.code(face.glyph(c)): (face.glyph(c), c) for c in "别的字"}, face.name, face.box)
    assert outlines.program(wanted, face.name, face.box) == program
    theirs = TTFont(face.path, lazy=True)
    source, order = theirs["CFF "].cff.topDictIndex[0].CharStrings, theirs.getGlyphOrder()
    made = CFFFontSet()
    made.decompile(io.BytesIO(program), None)
    assert len(made.topDictIndex[0].CharStrings) == len(wanted) + 1
    for code, (gid, _) in wanted.items():
        mine, original = made.topDictIndex[0].CharStrings[f"cid{code:05d}"], source[order[gid]]
        drawings = RecordingPen(), RecordingPen()
        mine.draw(drawings[0])
        original.draw(drawings[1])
        assert drawings[0].value == drawings[1].value and mine.width == original.width
