"""The packed tables say what the tables of text say, and are asked for anything."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from convert.memo import Memo
from convert.variants import packed


def tool() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "tools/pack_variants.py"
    spec = importlib.util.spec_from_file_location("pack_variants", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_packed_is_what_the_tables_say() -> None:
    """After a change of frequencies.txt or of a delta of STPhrases run `python tools/pack_variants.py`."""
    table, levels, shipped = tool().phrases(), tool().levels(), packed.phrases()
    assert set(shipped) == table.keys()
    assert all(shipped.get(phrase) == value for phrase, value in table.items())
    assert {word for word, _ in packed._words().trie.items()} == levels.keys()
    assert all(packed._words().level(word) == level for word, level in levels.items())


def test_strings_no_table_holds() -> None:
    for string in ("", "\0", "发展\0", "\ud800", "发\udfff"):
        assert packed.phrases().get(string) is None and packed.phrases().lengths(string) == 0
        assert packed.frequency(string) is None and packed.weight(string, 1.0) is None


def test_a_phrase_the_corpus_has_not() -> None:
    table, levels = tool().phrases(), tool().levels()
    rare = next(phrase for phrase in table if levels[phrase] == packed.NONE)
    assert packed.frequency(rare) is None and packed.weight(rare, 2.5) == 2.5


def test_lengths_are_bits() -> None:
    table = tool().phrases()
    pair = next(phrase[:2] for phrase in table if len(phrase) == 4)
    lengths = {len(phrase) for phrase in table if phrase[:2] == pair}
    assert packed.phrases().lengths(pair) == sum(1 << length for length in lengths)


def test_a_memo_asks_once_and_stays_small() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    memo = Memo(double, 3)
    assert [memo[n] for n in (1, 2, 1, 3, 2)] == [2, 4, 2, 6, 4] and asked == [1, 2, 3]
    assert memo[4] == 8 and len(memo) == 1
