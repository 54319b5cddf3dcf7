"""Several files as one issue: in order, safely resolved, the richest file of each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.errors import ReissueError, UnreadableInput, UsageError
from convert.readers.collect import collect

ALTO = '<alto xmlns="x"><Layout/></alto>'


def fill(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def mets(*files: tuple[str, str, str, str], order: str = "") -> str:
    """`files`: group, id, MIME type, address."""
    groups = "".join(
        f'<m:fileGrp USE="{use}"><m:file ID="{name}" MIMETYPE="{mime}"><m:FLocat x:href="{href}"/></m:file></m:fileGrp>'
        for use, name, mime, href in files
    )
    divisions = "".join(f'<m:div ORDER="{n}"><m:fptr FILEID="{f}"/></m:div>' for n, f in (p.split(":") for p in order.split()))
    return (
        '<?xml version="1.0"?><m:mets xmlns:m="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink">'
        f'<m:fileSec><m:fileGrp USE="ALL">{groups}</m:fileGrp></m:fileSec>'
        f'<m:structMap TYPE="PHYSICAL"><m:div>{divisions}</m:div></m:structMap></m:mets>'
    )


def test_files_alone_and_together(tmp_path: Path) -> None:
    fill(tmp_path, b_dot_txt="二", a_dot_txt="一")
    paths = [tmp_path / "b.txt", tmp_path / "a.txt"]
    assert collect(paths) == [("b.txt", (paths[0],)), ("a.txt", (paths[1],))]
    assert collect(paths, "issue") == [("issue", tuple(paths))]


def test_folder_in_natural_order_the_richest_of_each_page(tmp_path: Path) -> None:
    fill(tmp_path, p10_dot_txt="十", p2_dot_txt="二", p2_dot_xml=ALTO, p1_dot_alto_dot_xml=ALTO, p1_dot_txt="一",
         note_dot_log="x", p2_dot_jpg="x", other_dot_xml="<?xml version='1.0'?><book/>", _dot_hidden_dot_txt="x")
    assert [path.name for path in collect([tmp_path], "issue")[0].inputs] == ["p1.alto.xml", "p2.xml", "p10.txt"]
    with pytest.raises(UnreadableInput, match="--as-issue"):
        collect([tmp_path])


def test_list(tmp_path: Path) -> None:
    fill(tmp_path, b_dot_txt="二", sub__a_dot_txt="一", issue_dot_list="# pages\n\nsub/a.txt\nb.txt\n")
    assert collect([tmp_path / "issue.list"]) == [("issue", (tmp_path / "sub/a.txt", tmp_path / "b.txt"))]


def test_mets_prefers_full_text_and_follows_the_physical_order(tmp_path: Path) -> None:
    fill(tmp_path, ocr__1_dot_xml=ALTO, ocr__2_dot_xml=ALTO, t_dot_txt="文")
    text = mets(("IMAGES", "i1", "image/jpeg", "1.jpg"), ("TEXT", "t1", "text/plain", "t.txt"),
                ("FULLTEXT", "f1", "text/xml", "file:ocr/1.xml"), ("X", "x", "text/xml", "nowhere.xml"), order="2:f1 1:f2")
    second = '<m:file ID="f2" MIMETYPE="text/xml"><m:FLocat x:href="ocr/2.xml"/></m:file>'
    end = '</m:fileGrp><m:fileGrp USE="X">'
    text = text.replace(end, second + end)
    (tmp_path / "mets.xml").write_text(text)
    expected = (tmp_path / "ocr/2.xml", tmp_path / "ocr/1.xml")
    assert collect([tmp_path / "mets.xml"]) == [("mets", expected)]
    assert collect([tmp_path], "issue") == [("issue", expected)]


def test_mets_of_ocr_d_takes_the_last_of_equal_groups(tmp_path: Path) -> None:
    fill(tmp_path, a_dot_xml=ALTO, b_dot_xml=ALTO)
    page = "application/vnd.prima.page+xml"
    (tmp_path / "mets.xml").write_text(mets(("OCR-D-OCR-1", "a", page, "a.xml"), ("OCR-D-OCR-2", "b", page, "b.xml")))
    assert collect([tmp_path / "mets.xml"])[0].inputs == (tmp_path / "b.xml",)


@pytest.mark.parametrize("name", [
    "../secret.txt", "/etc/passwd", "sub/../../secret.txt", "file:///etc/passwd", "link.txt", "http://example.invalid/a.txt",
    "%2e%2e/secret.txt", "..\\secret.txt", "missing.txt", "a\0b", pytest.param("x" * 5000, id="long"), "C:\\a.txt", ".",
])
@pytest.mark.parametrize("form", ["list", "mets"])
def test_no_way_out_of_the_folder(tmp_path: Path, name: str, form: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (home / "link.txt").symlink_to(tmp_path / "secret.txt")
    if form == "list":
        listing = home / "issue.list"
        listing.write_bytes(name.encode())
    else:
        listing = home / "mets.xml"
        listing.write_text(mets(("FULLTEXT", "a", "text/plain", name)))
    with pytest.raises(ReissueError) as caught:
        collect([listing])
    assert str(caught.value).endswith(".")


def test_names_no_file_system_has_are_left_to_the_reader() -> None:
    assert collect([Path("x" * 5000)])[0].inputs == (Path("x" * 5000),)


def test_empty_ones_get_a_sentence(tmp_path: Path) -> None:
    fill(tmp_path, e_dot_list="# nothing\n", m_dot_xml=mets(("IMAGES", "i", "image/jpeg", "1.jpg")))
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "e.list", tmp_path / "m.xml", tmp_path / "empty"):
        with pytest.raises(UnreadableInput):
            collect([path], "issue")
    with pytest.raises(UsageError):
        collect([], "issue")


def test_mets_of_a_viewer_names_a_local_copy_too(tmp_path: Path) -> None:
    fill(tmp_path, a_dot_xml=ALTO)
    text = mets(("FULLTEXT", "a", "text/xml", "http://example.invalid/a?b=c"))
    (tmp_path / "mets.xml").write_text(text.replace("</m:file>", '<m:FLocat LOCTYPE="URL" x:href="a.xml"/></m:file>'))
    assert collect([tmp_path / "mets.xml"])[0].inputs == (tmp_path / "a.xml",)
