"""The archive model: what it counts, its file, leave-one-out, and what it changes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.errors import UnreadableInput
from convert.options import ParseOptions
from convert.proofread import model as module
from convert.proofread import proofread
from convert.proofread.model import Model, learn
from tests.proofread.pages import issue_of, page_of

ARCHIVE = ["贤韵养生堂今天开张。", "居民到贤韵养生堂听戏。", "贤韵养生堂的志愿者来了。"]


def test_counts_pairs_and_threes() -> None:
    model = Model.of(ARCHIVE)
    assert model.count("贤韵") == 3 and model.count("贤韵养") == 3 and model.count("天开") == 1
    assert model.count("堂。") == 0 and model.count("贤") == 0
    assert model.characters == sum(map(len, ARCHIVE))
    assert not Model() and Model().count("贤韵") == 0 and model


def test_a_page_is_no_witness_for_itself() -> None:
    model = Model.of(ARCHIVE).excluding(page_of(ARCHIVE[0]).grams)
    assert model.count("贤韵") == 2 and model.count("天开") == 0
    own = proofread(issue_of(ARCHIVE[0]), ParseOptions(batch_model=Model.of([ARCHIVE[0]])))
    assert own.edits == proofread(issue_of(ARCHIVE[0]), ParseOptions(batch_model=Model.of([ARCHIVE[0]]))).edits


def test_the_file_is_compact_text_and_the_same_every_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.model", tmp_path / "two.model"
    assert learn(iter(ARCHIVE), one) == learn(reversed(ARCHIVE), two) > 0
    assert one.read_bytes() == two.read_bytes()
    text = gzip.decompress(one.read_bytes()).decode()
    assert text.startswith(module.MAGIC) and "天开" not in text
    loaded = Model.load(one)
    assert loaded.count("贤韵养") == 3 and loaded.characters == Model.of(ARCHIVE).characters


@pytest.mark.parametrize("data", [
    b"", b"nonsense", gzip.compress(b"# something else"), gzip.compress(b"\xff\xfe"),
    gzip.compress(module.MAGIC.encode() + b" x"), gzip.compress(module.MAGIC.encode() + b" 1\nabc def"),
], ids=["empty", "plain", "other gzip", "no UTF-8", "no version", "no counts"])  # gzip writes the hour: no name for a test
def test_what_is_no_model_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.model"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match="reissue learn"):
        Model.load(path)
    with pytest.raises(UnreadableInput):
        Model.load(tmp_path / "absent.model")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ENTRIES", 50)
    rare = (chr(0x4e00 + n) + chr(0x5e00 + n) + chr(0x6e00 + n) for n in range(200))
    model = Model.of(line + "社会主义社会" for line in rare)
    assert model.count("社会") > 100


def test_traditional_issues_are_counted_in_simplified_script() -> None:
    """Detectors read Traditional text in a simplified shadow, and one archive may hold both scripts."""
    model = Model.of(["居民們說這個時候來賢韻養生堂聽戲。", "居民们说这个时候来贤韵养生堂听戏，名著。"])
    assert model.count("贤韵养") == 2 and model.count("賢韻") == 0
    assert model.count("听戏") == 2 and model.count("名著") == 1


def test_a_traditional_issue_asks_an_archive_of_both_scripts() -> None:
    text = "他們說這個時候訪問了商輔聯盟。"

    def confidence(archive: list[str]) -> float:
        options = ParseOptions(profile="archive", batch_model=Model.of(archive))
        issue = proofread(issue_of(text, "zh-Hant-TW"), options)
        return max((e.confidence for e in issue.edits if "輔" in e.before), default=0.0)

    assert confidence(["这个联盟来了。"] * 20) > confidence(["商辅联盟召开会议，居民们说好。"] * 20) == confidence(
        ["商輔聯盟召開會議，居民們說好。"] * 20)


def test_texts_are_read_one_at_a_time() -> None:
    """Learning an archive of any size holds one text and the counts."""
    alive = 0
    most = 0

    class Text(str):
        def __new__(cls, value: str) -> Text:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, value)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    Model.of(Text(f"第{n}期的社区报道。") for n in range(50))
    assert most <= 2


@given(st.lists(st.text(alphabet=st.sampled_from("甲乙丙丁戊，1a"), max_size=30), max_size=5))
def test_counts_add_up(texts: list[str]) -> None:
    model = Model.of(texts)
    for gram in ("甲乙", "乙丙", "甲乙丙"):
        assert model.count(gram) == sum(text.startswith(gram, at) for text in texts for at in range(len(text)))


def test_the_archive_vouches_for_unusual_words(tmp_path: Path) -> None:
    text = "今天访问了商辅联盟。"
    path = tmp_path / "a.model"
    learn(["商辅联盟召开会议。"] * 20, path)

    def confidence(options: ParseOptions) -> float:
        return max((e.confidence for e in proofread(issue_of(text), options).edits if "辅" in e.before), default=0.0)

    assert confidence(ParseOptions(profile="archive")) > confidence(ParseOptions(profile="archive", model=path))


def test_terms_of_four_and_names_of_two_are_counted() -> None:
    model = Model.of(["记者刘伟报道，党建联盟今天成立。", "党建联盟里有刘伟。", "这是重中之重。"])
    assert model.count("党建联盟") == 2 and model.count("重中之重") == 1
    assert model.count("|刘伟|") == 2 and model.count("联盟里有") == 0


def test_a_file_of_the_first_version_is_read_and_one_of_a_later_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "old.model"
    path.write_bytes(gzip.compress(f"{module.FIRST} 30 characters; count and grams a line\n3 贤韵 贤韵养".encode()))
    assert Model.load(path).count("贤韵养") == 3 and Model.load(path).count("贤韵养生") == 0
    path.write_bytes(gzip.compress(b"# reissue-model/9 30 characters\n3 \xe8\xb4\xa4\xe9\x9f\xb5"))
    with pytest.raises(UnreadableInput, match="newer version"):
        Model.load(path)


def test_terms_are_kept_in_the_file(tmp_path: Path) -> None:
    learn(["记者刘伟报道，党建联盟成立。"] * 3, tmp_path / "a.model")
    loaded = Model.load(tmp_path / "a.model")
    assert loaded.count("党建联盟") == 3 and loaded.count("|刘伟|") == 3
