"""Classes of words, and which class likes to follow which: half a grammar, for seams that no word spans."""

from __future__ import annotations

from functools import cache

from convert.structure.lexis import Lexis

_CLASSES = {
    "de": "的",
    "di": "地 得",
    "le": "了 着 过",
    "men": "们 者",
    "place": "上 下 里 中 内 外 前 后 间 时 旁 边",
    "prep": "在 对 向 从 把 被 将 以 于 由 为 给 让 按 据 按照 根据 通过 围绕 随着 为了 对于 关于 沿 往 到 比",
    "conj": "和 与 及 或 并 而 以及 并且 而且 或者 因为 由于 如果 虽然 但是 但 因此 所以 不仅 如 若 即",
    "pron": "我 你 他 她 它 我们 你们 他们 她们 自己 大家 人们 谁 什么 咱 您",
    "dem": "这 那 该 此 其 每 各 某 这个 那个 一个 各个 这些 那些 这样 那样 第",
    "neg": "不 没 没有 未 别 无",
    "adv": "更 最 很 也 都 还 又 再 已 已经 正 正在 就 才 只 便 却 曾 仍 均 全 太 可 先 刚",
    "be": "是 有 叫 成为 作为 等于",
    "aux": "能 能够 可以 应该 必须 要 会 应 需要 进行 开始 来 去 起 起来 出来 下去",
}
"""Words of grammar, by class; all others go by their part of speech and length."""
_NUMERALS = frozenset("〇一二三四五六七八九十百千万亿两几")
_NAMES = frozenset("rfstz")


@cache
def _grammar() -> dict[str, str]:
    return {word: name for name, listed in _CLASSES.items() for word in listed.split()}


def word_class(word: str, lexis: Lexis) -> str:
    """The class of a word in the script of the lexicon: of grammar, a figure, or a part of speech with its length."""
    known = _grammar().get(word)
    if known is not None:
        return known
    if word[-1].isascii():
        return "figure" if word[-1].isdigit() else "latin"
    if all(char in _NUMERALS for char in word):
        return "numeral"
    tag = lexis.tag(word) or "x"
    return ("name" if tag in _NAMES else tag) + str(min(3, len(word)))
