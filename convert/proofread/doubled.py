"""Doubled characters and words: 介绍绍, 达到到, 组织组织; and every repetition that is right: 常常, 党员员工, 组织组织力.

A repetition is judged by what the lexicon makes of the text with and without it.  If the two copies belong to two words
(党员|员工), taking one away costs a word and the figure says so; if the second copy stands alone where such a character
hardly ever stands alone, it is a slip.  When neither copy makes sense, the first may stand for a lost character (广业业余 is
广大业余): both repairs are weighed and the better one is proposed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from convert.lexicon import TOTAL
from convert.proofread import names, weights
from convert.proofread.evidence import DOUBTED
from convert.proofread.index import index
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal
from convert.proofread.repeats import gain as bigram_gain

NUMERALS = frozenset("一二三四五六七八九十百千万亿零〇○两几")
COMPLEMENTS = frozenset("到着")
"""What ends a verb and never follows itself: 达到|到 and 沿着|着 are no Chinese, though 到 and 着 are frequent alone."""
ASPECT = tuple("了过着得")
"""What stands behind a verb, which the second copy then may be: 笔记|记了三大本."""
NO_VERB = 10.0
"""Gain of the bigram model from which the second copy is none: 7 in 笔记记了 and 日记记了, 14 in 讨论论过, 17 in 介绍绍了."""
MET = 50
"""Frequency of a word below which a double at its end is never applied: 踩水水 is how children say it."""
SPEECH = ("说", "道", "讲", "问", "答", "笑", "告诉", "介绍", "表示", "回忆", "认为")
READS_WELL = 4.5
"""Gain of the bigram model below which both copies read well: 取得|了|了不起, 没想到|到|北京."""
FUNCTION = frozenset("domq")
INSTITUTIONS = frozenset("村部馆队班党会校院厂局站所店社组团室县市区省镇乡国行州军警报")
"""What a name ends in and its members' title begins with: 泽村|村民, 财政部|部长, the name being in no lexicon."""
CHARACTER_FEATURES = (
    "bias", "gain", "left-word", "right-word", "no-word", "ending", "alone", "complement", "function", "seen", "left-seen",
    "archive", "archive-seen", "archive-left", "word-itself", "edge-left", "edge-right",
)
WORD_FEATURES = ("bias", "gain", "long", "three", "verb", "noun", "no-word", "seen", "archive-seen", "edge-left", "edge-right")
ALTERNATING = frozenset("vadmqi")
"""Tags of words that are good Chinese said twice: 照顾照顾, 很多很多; nouns are not."""
EVERY = frozenset("年月日天时户家人村山处事样条件句字步层代辈队校乡县市区厂店")
"""What means “every” said twice: 年年, 户户, 山山相连; no lexicon has them all."""
ASKED_BY_FEW = 0.39
"""Most confidence in a slip where grammar knows the repetition, or the engine was sure: the archive profile still asks."""
FREE = 100_000
"""Characters more frequent than this (到, 都, 了) begin no compound."""
NOUNS = frozenset("nstz")
_REPEAT = re.compile(r"([\u3400-\u9fff]{2,12}?)\1(?!\1)")
_WINDOW = 8
_SCALE = math.log(TOTAL)
_REPLACED = 5.0
"""What a replacement has over a deletion: the text keeps a word more, which costs about 8, and copies seldom overwrite (-3)."""


def doubled_characters(page: Page) -> Iterator[Proposal]:
    """One character twice, across a word boundary."""
    vector = weights.load("doubled", CHARACTER_FEATURES)
    for passage in page.passages:
        for at, features, _ in character_features(page, passage):
            confidence = weights.probability(features, vector)
            if confidence < 0.02:
                continue
            found = repair(page, passage, at, confidence)
            known = _grammatical(page, passage, at) or _sure(passage, at) or _named(page, passage, at)
            if known or bigram_gain(passage.text, at) < READS_WELL:
                found = replace(found, confidence=min(found.confidence, ASKED_BY_FEW), most=ASKED_BY_FEW)
            yield found


def _sure(passage: Passage, at: int) -> bool:
    """Whether the engine was sure of both copies: it reads what is printed, it does not stammer."""
    return max(passage.doubts.get(at, DOUBTED), passage.doubts.get(at + 1, DOUBTED)) < DOUBTED


def character_features(page: Page, passage: Passage) -> Iterator[tuple[int, tuple[float, ...], str]]:
    """Places where a character stands twice and the second copy begins a word, with what speaks for a slip."""
    text, lexicon = passage.text, page.lexicon
    for at in range(len(text) - 1):
        character = text[at]
        if character != text[at + 1] or character in NUMERALS or not is_han(character):
            continue
        before, after = text[max(0, at - 1):at], text[at + 2:at + 3]
        if character in (before, after) or before in ("一", "每") or passage.word_at[at] == passage.word_at[at + 1]:
            continue
        if _reduplicated(text, at):
            continue
        left = passage.words[passage.word_at[at]]
        right = passage.words[passage.word_at[at + 1]]
        size_left, size_right = left[1] - left[0], right[1] - right[0]
        if size_left >= 2 and size_right >= 2:
            continue
        if size_left == 1 and (names.after_surname(text, at) or (size_right >= 2 and character in INSTITUTIONS)):
            continue
        low, high = max(0, left[0] - _WINDOW), min(len(text), right[1] + _WINDOW)
        gain = lexicon.score(text[low:at] + text[at + 1:high]) - lexicon.score(text[low:high])
        seen = page.seen(before + character * 2) + page.seen(character * 2 + after) - is_han(before) - is_han(after)
        archive = page.model.count(before + character * 2) + page.model.count(character * 2 + after)
        alone = lexicon.log(character) + _SCALE
        yield at, (
            1.0,
            gain,
            float(size_left >= 2),
            float(size_right >= 2),
            float(size_left == size_right == 1),
            float(size_left == 1) * math.log1p(index().endings.get(character, 0)),
            0.0 if character in COMPLEMENTS and size_left >= 2 else alone,
            float(character in COMPLEMENTS and size_left >= 2),
            float(lexicon.tag(character) in FUNCTION),
            math.log1p(max(0, seen)),
            math.log1p(page.seen(before + character)),
            float(bool(page.model)),
            math.log1p(archive),
            math.log1p(page.model.count(before + character)),
            float(character * 2 in lexicon),
            float(not is_han(before)),
            float(not is_han(after)),
        ), text[max(0, at - 5):at + 7]


def _grammatical(page: Page, passage: Passage, at: int) -> bool:
    """Whether grammar makes such repetitions: of a verb before its object (改改口, 润润嗓子), of the second syllable of an
    adjective (硬板板的, 浩浩然), of what is counted (年年, 户户)."""
    text = passage.text
    start, end = passage.words[passage.word_at[at]]
    if end - start > 1:
        return False
    return text[at] in EVERY or page.lexicon.tag(text[at]) == "v" or text[at + 2:at + 3] in ("的", "地", "然")


def _named(page: Page, passage: Passage, at: int) -> bool:
    """Whether a name may end in the two: one that is known without the second (海涛涛, 林汀汀), or one in a list of names."""
    start, end = passage.words[passage.word_at[at]]
    item = names.item(passage.text, at)
    return page.lexicon.tag(passage.text[start:end]) == "r" or (item is not None and item[1] == at + 2 and item[1] - item[0] == 3)


def _spoken_of(page: Page, passage: Passage, left: tuple[int, int]) -> bool:
    """Whether the two may end a nickname: behind a noun and before what people do (老板水生生说), or a word hardly ever met."""
    word, after = passage.text[left[0]:left[1]], passage.text[left[1] + 1:left[1] + 3]
    return page.lexicon.frequency(word) < MET or (page.lexicon.tag(word) == "n" and after.startswith(SPEECH))


def _reduplicated(text: str, at: int) -> bool:
    """AABB (鲜鲜亮亮) and A一A or AAB patterns Chinese grammar makes: 看看书 is one word a time, handled by the lexicon."""
    before, after, behind = text[at - 2:at], text[at + 2:at + 3], text[at + 3:at + 4]
    if after and after == behind and is_han(after):
        return True
    return len(before) == 2 and before[0] == before[1] and is_han(before[0])


def repair(page: Page, passage: Passage, at: int, confidence: float) -> Proposal:
    """Delete one copy, or, where the text reads better so, replace one."""
    text, lexicon = passage.text, page.lexicon
    character = text[at]
    low, high = max(0, at - _WINDOW), min(len(text), at + 2 + _WINDOW)
    left, right = passage.words[passage.word_at[at]], passage.words[passage.word_at[at + 1]]
    best, after = lexicon.score(text[low:at] + text[at + 1:high]), character
    why = _copies(text[left[0]:left[1]], text[right[0]:right[1]])
    if left[1] - left[0] == 1 and is_han(text[max(0, at - 1):at]):
        for other in completions(page, text[at - 1]):
            if other == character:
                continue
            score = lexicon.score(text[low:at] + other + text[at + 1:high]) + _REPLACED
            if score > best:
                best, after = score, other + character
                why = f"{text[at - 1]}{other} is a word; {text[at - 1]}{character} is none."
    most = 0.6 if len(after) == 2 else 1.0
    safe = len(after) == 1 and left[1] - left[0] >= 2 and not _compound(passage, at + 1)
    safe = safe and passage.block.kind != "verse" and not _spoken_of(page, passage, left)
    safe = safe and character * 2 not in lexicon  # 地上雨淋淋
    safe = safe and text[at + 2:at + 3] not in ("的", "地", "然")  # 兢兢业业地, its first half misread
    aspect = character not in COMPLEMENTS and text[at + 2:at + 3] in ASPECT
    safe = safe and not (aspect and bigram_gain(text, at) < NO_VERB)
    return Proposal(passage.number, at, at + 2, after, "doubled", min(confidence, most), why, safe, most)


def _copies(left: str, right: str) -> str:
    """Why one of two copies is a slip: the word the other one stands in, or that neither stands in any."""
    if len(left) >= 2:
        return f"{left} is a word, its last character stands a second time and makes no word."
    if len(right) >= 2:
        return f"{right} is a word, its first character stands before it and makes no word."
    return f"{left} stands twice and neither copy makes a word."


def _compound(passage: Passage, at: int) -> bool:
    """Whether the second copy may begin a compound no lexicon has: it and the next character stand alone (黄瓜|瓜|条)."""
    end = passage.words[passage.word_at[at]][1]
    if passage.text[at] in COMPLEMENTS and is_han(passage.text[end:end + 1]):
        return True  # 没想到|到北京
    if end >= len(passage.text) or not is_han(passage.text[end]):
        return False
    start, end = passage.words[passage.word_at[end]]
    return end - start == 1 and passage.lexicon.frequency(passage.text[start]) < FREE


def completions(page: Page, first: str) -> list[str]:
    """The most frequent second characters of words of two that begin with `first`."""
    return index().completions(first)


def doubled_words(page: Page) -> Iterator[Proposal]:
    """Two to twelve characters twice, with a word boundary between the copies."""
    vector = weights.load("doubled-word", WORD_FEATURES)
    for passage in page.passages:
        for start, middle, features in word_features(page, passage):
            confidence = weights.probability(features, vector)
            if confidence >= 0.02:
                word, most = passage.text[start:middle], 1.0
                if len(word) < 4 and page.lexicon.tag(word) in ALTERNATING:
                    most = 0.45
                if len(word) < 4 and passage.text[start + 2 * len(word):][:1] in ("的", "地"):
                    most = ASKED_BY_FEW  # 墨黑墨黑的
                safe = (len(word) >= 4 or page.lexicon.tag(word) in NOUNS) and passage.block.kind != "verse"
                end, sure = start + 2 * len(word), min(confidence, most)
                why = f"{word} stands twice in a row."
                yield Proposal(passage.number, start, end, word, "doubled-word", sure, why, safe, most)


def word_features(page: Page, passage: Passage) -> Iterator[tuple[int, int, tuple[float, ...]]]:
    """Places where a run of characters is repeated at once, with what speaks for a slip."""
    text, lexicon = passage.text, page.lexicon
    for match in _REPEAT.finditer(text):
        unit = match.group(1)
        start, middle, end = match.start(), match.start() + len(unit), match.end()
        if len(set(unit)) == 1 or unit * 2 in lexicon or unit[0] in "一两几每半又再不" or unit[0] in NUMERALS:
            continue
        if len(unit) < 4 and not is_han(text[max(0, start - 1):start]) and not is_han(text[end:end + 1]):
            continue  # an exclamation of its own: “请坐请坐，”
        if passage.word_at[middle - 1] == passage.word_at[middle] or lexicon.find(unit + text[end:end + 1]):
            continue
        low, high = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
        gain = lexicon.score(text[low:middle] + text[end:high]) - lexicon.score(text[low:high])
        tag = lexicon.tag(unit)
        edge = page.seen(unit[-1] + unit[:2]) - 1
        archive = page.model.count(unit[-1] + unit[:2])
        yield start, middle, (
            1.0,
            gain,
            float(len(unit) >= 4),
            float(len(unit) == 3),
            float(tag in tuple("vad") and len(unit) == 2),
            float(tag in tuple("nst") and len(unit) == 2),
            float(not tag and len(unit) == 2),
            math.log1p(max(0, edge)),
            math.log1p(archive),
            float(not is_han(text[start - 1:start])),
            float(not is_han(text[end:end + 1])),
        )
