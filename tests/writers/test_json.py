"""Issue JSON: valid against the schema, complete enough that a stranger can prove the two laws from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from convert.issue import Issue
from tests.gold_issue import gold_issue
from tests.shared import shared
from tests.writers.exchange import ISSUES, full, traditional, written

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs/issue.schema.json").read_text(encoding="utf-8"))
EFFECTIVE = ("applied", "accepted")
VALIDATOR = Draft202012Validator(SCHEMA)


def exported(issue: Issue) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(written(issue, "json"))
    VALIDATOR.validate(data)
    prove(data, [source.text for source in issue.sources])
    return data


def prove(data: dict[str, Any], texts: list[str]) -> None:
    """The two laws from the export and the source texts alone, written without the product's own code."""
    seen = [[0] * len(text) for text in texts]
    effective = [e for e in data["edits"] if e["status"] in EFFECTIVE]
    blocks = [b for a in data["articles"] for b in a["blocks"]] + data["colophon"] + data["dropped"]
    for block in blocks:
        text = ""
        for source, start, end in block["spans"]:
            for at in range(start, end):
                seen[source][at] += 1
            inside = [e for e in effective if e["source"] == source and start <= e["start"] and e["end"] <= end
                      and (e["start"] < e["end"] or e.get("block") == block["id"])]
            for edit in sorted(inside, key=lambda e: (e["start"], e["end"])):
                text += texts[source][start:edit["start"]] + edit["after"]
                start = edit["end"]
            text += texts[source][start:end]
        mine = [c for c in data.get("changes", []) if c["block"] == block["id"] and c["status"] in EFFECTIVE]
        for change in sorted(mine, key=lambda c: c["start"], reverse=True):
            assert text[change["start"]:change["end"]] == change["before"]
            text = text[:change["start"]] + change["after"] + text[change["end"]:]
        assert text == block["text"]
    for text, counts in zip(texts, seen, strict=True):
        assert all(n == 1 if not c.isspace() else n <= 1 for c, n in zip(text, counts, strict=True))
    for edit in data["edits"]:
        assert texts[edit["source"]][edit["start"]:edit["end"]] == edit["before"]


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_everything_is_in_it() -> None:
    data = exported(full())
    assert list(data) == [
        "schema", "sources", "language", "metadata", "articles", "colophon", "dropped", "edits", "moves", "queries"]
    heading = data["articles"][0]["blocks"][4]
    assert heading == {"id": "b6", "role": "heading", "level": 1, "text": "“边角料”里挤出新空间", "spans": [[0, 52, 63]]}
    paragraph = data["articles"][0]["blocks"][5]
    assert paragraph["text"] == "上午9:30，便民工坊刚刚拉开卷帘门，门口排起了小队。"
    assert paragraph["kind"] is None
    assert data["articles"][0]["blocks"][11]["cells"] == [[0, 2], [3, 5]]
    assert data["dropped"][0]["reason"] == "breadcrumb"
    assert {e["rule"]: e["status"] for e in data["edits"]} == {
        "punctuation-width": "applied", "join": "applied", "name": "suggested", "missing": "applied"}
    assert next(e for e in data["edits"] if e["rule"] == "missing")["block"] == "b16"
    assert data["queries"][0]["choices"] == [{"label": "沈知微"}, {"label": "沈之微"}]
    assert data["metadata"]["extra"] == [["ISSN", "1234-5678"], ["ISSN", "x"]]


def test_variant_names_itself_and_its_conversions() -> None:
    data = exported(traditional())
    assert (data["variant"], data["language"]) == ("tw", "zh-Hant-TW")
    assert data["articles"][0]["blocks"][1]["text"] == "身边的三個做法"
    assert [c["rule"] for c in data["changes"]] == ["s2t"]


def test_one_row_a_line() -> None:
    lines = written(full(), "json").decode().splitlines()
    assert sum(line.startswith('{"id": "b') for line in lines) == 16
    assert sum(line.startswith('{"id": "e') for line in lines) == 4


@pytest.mark.parametrize("page", ["000_d8f933ace812d6bd", "001_d2ea1ac139073034", "004_f2154bca6516d686"])
def test_real_pages(page: str) -> None:
    exported(gold_issue(shared("gold", f"{page}.gold.tsv")))


@settings(max_examples=60, deadline=None)
@given(ISSUES)
def test_any_text_survives(issue: Issue) -> None:
    data = exported(issue)
    assert [b["text"] for a in data["articles"] for b in a["blocks"]] == [b.text for a in issue.articles for b in a.blocks]
    assert data["metadata"]["title"] == issue.metadata.title


def test_schema_refuses_what_the_contract_does_not_know() -> None:
    for spoil in (
        lambda d: d.pop("queries"),
        lambda d: d.update(extra=1),
        lambda d: d["articles"][0]["blocks"][0].update(role="footnote"),
        lambda d: d["articles"][0]["blocks"][0].update(level=1),
        lambda d: d["articles"][0]["blocks"][4].pop("level"),
        lambda d: d["articles"][0]["blocks"][5].pop("kind"),
        lambda d: d["articles"][0]["blocks"][0]["spans"].append([0, 1]),
        lambda d: d["dropped"][0].pop("reason"),
        lambda d: d["edits"][0].update(confidence=1.5),
        lambda d: d.update(variant="tw"),
    ):
        data = json.loads(written(full(), "json"))
        spoil(data)
        with pytest.raises(ValidationError):
            VALIDATOR.validate(data)


SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEEDS[:4], ids=lambda path: path.stem)
def test_sample_issues_and_their_variants(seed: Path) -> None:
    """What the whole way makes of a sample: valid as JSON and as TEI, the laws proved by a stranger."""
    from convert import pipeline
    from tests.writers.test_tei import parsed

    issue = pipeline.parse(pipeline.read(seed))
    for variant in ("source", "hk"):
        converted = pipeline.to_variant(issue, variant)
        assert exported(converted)["articles"]
        parsed(converted)
