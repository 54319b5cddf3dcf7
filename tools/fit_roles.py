"""Fit the role model: its weights (`convert/structure/weights.toml`), then the trees that amend them (`forest.json`).

    python -m tools.fit_roles FOLDER … [--real FOLDER] [--judge FOLDER] [--write]

Each page of the folders (`NN.gold.tsv` with `NN.sim.txt`, `.tess.txt`, `.pdftext.txt`, `.hocr`, `.pdf` … beside it) is parsed up
to the pass `roles`; its units are aligned with the gold page by the scorer of the shared bench, and the model is fitted as what
it is, a linear-chain conditional random field, by maximum likelihood pulled towards weights set by hand, and then taken part of
the way (`--way`), which pages of other papers bear better.  On what these weights leave wrong, trees are grown (`boosting.py`).
A unit that holds several gold blocks may have any of their roles,
one that nothing is known of (rubbish) any role.  Kinds of damage count alike, whatever their number of files.  The chain is the
parser's: what it holds for certain furniture stands out of the sequence.

`--real` holds annotated pages as an engine really read them (`NN.gold.tsv`, `NN.sim.txt`), of which there are few: each counts
as much as several.

Printed: share of units with the right role and macro-F1 over roles, by hand, fitted, and by cross-validation over pages; of the
real pages also with each left out in turn.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType

import numpy as np

from convert.options import ParseOptions, ReadOptions
from convert.pipeline import read
from convert.source import Source
from convert.structure import context, forest, passed, roles
from convert.structure.state import State
from tools import boosting, crf, role_table

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "convert/structure/weights.toml"
TREES = ROOT / "convert/structure/forest.json"
PRIOR = ROOT / "tools/data/role_prior.toml"
"""The weights set by hand that the fit is pulled towards."""
BENCH = ROOT.parent / "shared" / "bench"
KINDS = {
    "sim": "sim.txt", "sim2": "sim2.txt", "sim3": "sim3.txt", "web": "sim.txt", "plain": "gold.tsv", "turned": "gold.tsv",
    "some": "gold.tsv", "few": "gold.tsv",
    "tess": "tess.txt", "pdftext": "pdftext.txt", "hocr": "hocr", "pdf": "pdf",
}  # fmt: skip
"""Kind to the ending of its files; `web` is `sim` with the furniture of a web page around it (tools/data/chrome.txt),
`plain` the gold page as plain text, `turned` the same recast as pages of long features are (see `turned`), `some` and
`few` one to three of its articles, as people send them."""
GROUPS = {"sim2": "sim", "sim3": "sim", "web": "sim", "turned": "plain", "few": "some"}
"""Kinds that count as one."""
SCARCE = 3.0
"""How much more a kind counts, at most, where a page has few."""
FIRM = 20.0
"""How much more the weights of the ends of the page are pulled: what a page begins with differs from paper to paper."""
HELD = ("illegible", "page_number", "numbered_full", "says_")
"""Signs, or beginnings of signs, whose weights are decided and not learnt: rubbish is dropped and asked about though pages with
known truth may tell what it was, what a reader says of its lines is believed."""
REAL = 4.0
"""What a real page counts for."""
MIXED = 0.3
"""Share of a unit's characters from which the role of a gold block may be its own."""
ROUNDS = 2
"""How often what stands out of the sequence is told anew with the weights found."""
SUBTITLE = 8
"""Characters from which a kicker may as well be a subtitle."""
ABOUT = (
    "Trees that amend weights.toml (convert/structure/forest.py reads them): {} trees, grown by tools/fit_roles.py on {} pages "
    "of our own writing in up to twelve kinds, {} files, and on three real ones (weight 4). A split is near, sign, above, no, "
    "yes; a leaf holds hundredths of a nat, in the order of roles.STATES."
)
"""What the head of the file says."""
CHROME = ROOT / "tools/data/chrome.txt"
HEAD = frozenset({"kicker", "title", "subtitle", "byline"})
PAGE = frozenset(str(role) for role in roles.PAGE)
Array = np.ndarray
_NUMBER = re.compile("^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.．、])")
Block = tuple[str, str, int]
"""Role, text and number of the article of a gold block."""


@dataclass
class Page:
    """The units of one file, in the parser's order: what is seen in each, and the states each may have."""

    name: str
    kind: str
    seen: list[dict[str, float]]
    allowed: list[frozenset[int]]
    texts: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    share: float = 1.0


def gold_states(blocks: Sequence[Block]) -> list[str]:
    """The state of every gold block: a byline behind the text of its article is a signature."""
    found: list[str] = []
    article, text = -1, False
    for role, _, number in blocks:
        if number != article:
            article, text = number, False
        role = "heading" if role == "heading2" else role
        found.append("signature" if role == "byline" and text else role)
        text = text or role not in HEAD | PAGE
    return found


def load(folder: Path, kinds: Iterable[str], share: float = 1.0) -> Iterator[Page]:
    """All files of a folder's pages, aligned with their gold."""
    sys.path.insert(0, str(BENCH))
    import score

    pages = {gold: score.read_tsv(str(gold))[0].blocks for gold in sorted(folder.glob("*.gold.tsv"))}
    titles = [text for blocks in pages.values() for role, text, _ in blocks if role == "title"]
    for gold, blocks in pages.items():
        name = gold.name.removesuffix(".gold.tsv")
        for kind in kinds:
            path = folder / f"{name}.{KINDS[kind]}"
            if path.exists():
                rng = random.Random(f"{folder.name}/{name}" + ("/few" if kind == "few" else ""))
                if KINDS[kind] == "gold.tsv":
                    true = RECAST[kind](blocks, rng)
                    source = plain(true)
                else:
                    source, true = read(path, options=ReadOptions()), blocks
                if kind == "web":
                    source, true = on_the_web(source, blocks, titles, rng)
                state = passed((source,), ParseOptions(), before="roles")
                yield replace(_aligned(f"{folder.name}/{name}", kind, state, true, score), share=share)


def on_the_web(
    source: Source, blocks: Sequence[Block], titles: Sequence[str], rng: random.Random
) -> tuple[Source, list[Block]]:
    """The page as a site shows it: a path and buttons over it, links to others and a notice below."""
    lists: dict[str, list[str]] = {}
    for line in CHROME.read_text("utf-8").splitlines():
        if line.startswith("["):
            kept = lists.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            kept.append(line)
    over = [rng.choice(lists["over"][:6]), *rng.sample(lists["over"][6:], rng.randint(0, 3))]
    links = [rng.choice(lists["links"]), *rng.sample(titles, min(len(titles), rng.randint(2, 5)))] if rng.random() < 0.7 else []
    under = links + rng.sample(lists["under"], rng.randint(2, 5))
    text = "\n\n".join([*over, source.text.strip("\n"), *under])
    drop = [[("drop", line, 0) for line in lines] for lines in (over, under)]
    return Source(source.name, text), [*drop[0], *blocks, *drop[1]]


def turned(blocks: Sequence[Block], rng: random.Random) -> list[Block]:
    """What other papers do: long stories, subtitles for kickers, bare headings, no bylines, the imprint at the end."""
    sizes = Counter[int]()
    for _, text, number in blocks:
        sizes[number] += len(text)
    least = rng.choice((0, 200, 400))
    bare, unsigned, last = rng.random() < 0.6, rng.random() < 0.4, rng.random() < 0.5
    found: list[Block] = []
    imprint: list[Block] = []
    waiting: Block | None = None
    for role, text, number in blocks:
        if role in PAGE:
            (imprint if last else found).append((role, text, number))
            continue
        if sizes[number] < least or (unsigned and role == "byline"):
            continue
        if waiting and role != "title":
            found, waiting = [*found, ("kicker", *waiting[1:])], None
        if role == "kicker" and len(text) >= SUBTITLE and rng.random() < 0.7:
            waiting = ("subtitle", text, number)
            continue
        behind_title = role == "subtitle" and found[-1][0] == "title"
        if behind_title and len(text) >= SUBTITLE and text[0] not in "—（" and rng.random() < 0.5:
            found.insert(-1, ("kicker", text, number))
            continue
        found.append((role, _NUMBER.sub("", text) or text if role == "heading" and bare else text, number))
        if waiting:
            found, waiting = [*found, waiting], None
    return found + imprint


def some(blocks: Sequence[Block], rng: random.Random) -> list[Block]:
    """One to three articles that follow each other, with the imprint before them or not."""
    numbers = sorted({number for role, _, number in blocks if role not in PAGE})
    first = rng.randrange(len(numbers))
    kept, imprint = numbers[first : first + rng.randint(1, 3)], rng.random() < 0.4
    return [block for block in blocks if (imprint if block[0] in PAGE else block[2] in kept)]


RECAST: dict[str, Callable[[Sequence[Block], random.Random], Sequence[Block]]] = {
    "plain": lambda blocks, _: blocks,
    "turned": turned,
    "some": some,
    "few": some,
}
"""What becomes of the gold page in kinds that are made of it."""


def plain(blocks: Sequence[Block]) -> Source:
    """Blocks as text: a line each, blank ones between, three before captions and the imprint."""
    lines: list[str] = []
    for role, text, _ in blocks:
        lines += [""] * (3 if role in ("caption", "colophon") else 1) + [text]
    return Source("plain.txt", "\n".join(lines).strip("\n"))


def _aligned(name: str, kind: str, state: State, blocks: Sequence[Block], score: ModuleType) -> Page:
    gold, states = score.Doc(list(blocks)), gold_states(blocks)
    doc = score.Doc([("paragraph", unit.text, 1) for unit in state.units])
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for at, to in enumerate(score.align(gold, doc)):
        if to >= 0:
            votes[doc.blk[to]][states[gold.blk[at]]] += 1
    allowed = [_allowed(votes[at]) for at in range(len(state.units))]
    texts = [unit.text for unit in state.units]
    return Page(name, kind, context.page(state), allowed, texts, [sum(votes[at].values()) for at in range(len(texts))])


def _allowed(votes: Counter[str]) -> frozenset[int]:
    total = sum(votes.values())
    kept = {roles.STATES.index(role) for role, count in votes.items() if count >= MIXED * total}
    return frozenset(kept) if kept else frozenset(range(len(roles.STATES)))


class Chain:
    """The pages as arrays, and the model's weights as one vector: features and bias, transitions, start, end."""

    def __init__(self, pages: Sequence[Page], names: Sequence[str]) -> None:
        self.pages, self.names = pages, list(names)
        count = Counter((page.name, GROUPS.get(page.kind, page.kind)) for page in pages)
        groups = Counter(name for name, _ in count)
        more = {name: min(SCARCE, max(groups.values()) / number) for name, number in groups.items()}
        self.share = [page.share * more[page.name] / count[page.name, GROUPS.get(page.kind, page.kind)] for page in pages]
        self.states = len(roles.STATES)
        known = {name: at for at, name in enumerate(self.names)}
        rows = [found for page in pages for found in page.seen]
        self.seen = np.zeros((len(rows), len(names) + 1))
        self.seen[:, -1] = 1.0
        for at, found in enumerate(rows):
            for name, value in found.items():
                if name in known:
                    self.seen[at, known[name]] = value
        self.allowed = np.zeros((len(rows), self.states), dtype=bool)
        for at, states in enumerate(one for page in pages for one in page.allowed):
            self.allowed[at, list(states)] = True
        ends = np.cumsum([len(page.seen) for page in pages])
        self.spans = [(int(end) - len(page.seen), int(end)) for end, page in zip(ends, pages, strict=True)]
        self.row_share = np.repeat(self.share, [len(page.seen) for page in pages])
        self.cut = ((len(names) + 1) * self.states, (len(names) + 1 + self.states) * self.states)

    def parts(self, vector: Array) -> tuple[Array, Array, Array, Array]:
        """Weights of the features, transitions, start, end."""
        n, (a, b) = self.states, self.cut
        return vector[:a].reshape(-1, n), vector[a:b].reshape(n, n), vector[b : b + n], vector[b + n :]

    def vector(self, model: roles.Model) -> Array:
        """The weights of a model."""
        none = (0.0,) * self.states
        table = [*(model.weights.get(name, none) for name in self.names), model.bias, *model.step, model.start, model.end]
        return np.array(table).ravel()

    def model(self, vector: Array) -> roles.Model:
        """A model of the weights."""
        table, step, start, end = (part.tolist() for part in self.parts(vector))
        return roles.Model(
            dict(zip(self.names, map(tuple, table[:-1]), strict=True)),
            tuple(table[-1]), tuple(start), tuple(end), tuple(map(tuple, step)),
        )  # fmt: skip

    def apart(self, vector: Array) -> Array:
        """Which rows the parser would take out of the sequence."""
        scores = self.seen @ self.parts(vector)[0]
        return np.concatenate([roles.apart(scores[a:b].tolist()) for a, b in self.spans]).astype(bool)

    def sequences(self, apart: Array) -> tuple[crf.Batch, crf.Batch]:
        """The pages as sequences, and the rows that stand out of them."""
        rows = [[at for at in range(a, b) if not apart[at]] for a, b in self.spans]
        kept = [at for at, row in enumerate(rows) if row]
        alone = np.flatnonzero(apart)
        batch = crf.Batch.of([rows[at] for at in kept], [self.share[at] for at in kept])
        return batch, crf.Batch((alone,), self.row_share[alone])

    def fit(self, prior: Array, strength: float, cost: Array | None = None, start: Array | None = None) -> Array:
        """The weights of the greatest likelihood, pulled towards `prior`."""
        found = prior if start is None else start
        for _ in range(ROUNDS):
            found = self._fit(prior, strength, self.apart(found), found, cost)
        return found

    def _fit(self, prior: Array, strength: float, apart: Array, start: Array, cost: Array | None) -> Array:
        batch, single = self.sequences(apart)
        nothing = np.zeros((self.states, self.states)), np.zeros(self.states), np.zeros(self.states)
        barred = np.where(self.allowed, 0.0, -np.inf)
        pull = np.full(len(prior), float(strength))
        pull[self.cut[1] :] *= FIRM
        held = [any(name.startswith(one) for one in HELD) for name in self.names]
        pull[: self.cut[0]].reshape(-1, self.states)[:-1][held] *= FIRM * FIRM
        margin = np.zeros_like(barred) if cost is None else np.where(self.allowed, 0.0, cost)

        def loss(vector: Array) -> tuple[float, Array]:
            table, step, first, last = self.parts(vector)
            scores = self.seen @ table
            value = float((pull / 2 * (vector - prior) ** 2).sum())
            slope, *more = (np.zeros_like(part) for part in (scores, step, first, last))
            for sign, given in ((1, scores + margin), (-1, scores + barred)):
                chain = crf.marginals(batch, given, step, first, last)
                local = crf.marginals(single, given, *nothing)
                value += sign * (chain.log + local.log)
                slope += sign * (chain.state + local.state)
                for part, counts in zip(more, (chain.step, chain.start, chain.end), strict=True):
                    part += sign * counts
            gradient = np.concatenate([(self.seen.T @ slope).ravel(), *(part.ravel() for part in more)])
            return value, gradient + pull * (vector - prior)

        return crf.descend(loss, start)


def grown(chain: Chain, model: roles.Model, how: boosting.Growth) -> forest.Forest:
    """Trees for what the weights leave wrong, without lines that a reader has named."""
    pages = [page.seen for page in chain.pages]
    asked = boosting.questions(pages, [page.name for page in chain.pages])
    vector = chain.vector(model)
    table, step, first, last = chain.parts(vector)
    nothing = np.zeros((chain.states, chain.states)), np.zeros(chain.states), np.zeros(chain.states)
    barred = np.where(chain.allowed, 0.0, -np.inf)

    def slope(scores: Array) -> tuple[Array, Array]:
        batch, single = chain.sequences(np.concatenate([roles.apart(scores[a:b].tolist()) for a, b in chain.spans]).astype(bool))
        expected, allowed = (
            crf.marginals(batch, given, step, first, last).state + crf.marginals(single, given, *nothing).state
            for given in (scores, scores + barred)
        )
        share = np.maximum(chain.row_share[:, None], 1e-9)
        return allowed - expected, expected * (1 - expected / share)

    return boosting.grow(boosting.answers(pages, asked), asked, chain.seen @ table, slope, how)


def judge(pages: Sequence[Page], model: roles.Model, trees: forest.Forest = ()) -> Counter[tuple[str, int, int]]:
    """(kind, true state, found state) -> units, decoded as the parser does."""
    found: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        weighed = [roles.weigh(seen, model) for seen in page.seen]
        path = roles.path(forest.amend(weighed, page.seen, trees) if trees else weighed, model)
        for states, at in zip(page.allowed, path, strict=True):
            if len(states) == 1:
                found[page.kind, next(iter(states)), at] += 1
    return found


def figures(found: Counter[tuple[str, int, int]], kind: str | None = None) -> tuple[float, float, dict[str, float]]:
    """Share right, macro-F1, F1 by role; kinds count alike where none is named."""
    table = np.zeros((len(roles.STATES), len(roles.STATES)))
    sizes = Counter[str]()
    for (one, _, _), count in found.items():
        sizes[GROUPS.get(one, one)] += count
    for (one, true, told), count in found.items():
        if kind in (None, one):
            table[true, told] += count if kind else count / sizes[GROUPS.get(one, one)]
    hits, told, true = table.diagonal(), table.sum(0), table.sum(1)
    score = {role: float(2 * hits[at] / (told[at] + true[at])) for at, role in enumerate(roles.STATES) if true[at]}
    return float(hits.sum() / table.sum()), sum(score.values()) / len(score), score


def folds(pages: Sequence[Page], number: int) -> list[set[str]]:
    """The names of the pages, dealt to folds."""
    names = sorted({page.name for page in pages})
    random.Random(3).shuffle(names)
    return [set(names[at::number]) for at in range(number)]


def keep(folder: Path, held: Iterable[str], model: roles.Model, trees: forest.Forest) -> None:
    """Keep the model of one fold, and the names of the pages it has not seen."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pages.txt").write_text("\n".join(sorted(held)) + "\n", "utf-8")
    (folder / "weights.toml").write_text("", "utf-8")
    role_table.write(folder / "weights.toml", model)
    boosting.write(folder / "forest.json", trees, "of one fold")


def show(label: str, found: Counter[tuple[str, int, int]]) -> None:
    """One line."""
    right, macro, score = figures(found)
    each = " ".join(f"{role[:6]} {f:.3f}" for role, f in score.items())
    print(f"{label:18} right {right:.4f} macro {macro:.4f}  {each}", flush=True)


def main() -> None:
    """Fit, print, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--kinds", default=",".join(KINDS))
    options.add_argument("--strength", type=float, default=2.0, help="pull towards the weights set by hand")
    options.add_argument("--way", type=float, default=0.8, help="how far to go from those to the fitted ones")
    options.add_argument("--share", type=float, default=0.75, help="share of what the trees add that is kept")
    options.add_argument("--folds", type=int, default=5, help="parts of the cross-validation; 0 for none")
    options.add_argument("--trees", type=int, default=80, help="trees grown on what the weights leave wrong")
    options.add_argument("--real", type=Path, help="a folder of pages as an engine really read them")
    options.add_argument("--judge", type=Path, help="a folder of pages that are measured and never fitted")
    options.add_argument("--crossed", type=Path, help="keep the models of the cross-validation here, for tools/fit_starts.py")
    options.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    asked = options.parse_args()
    pages = [page for folder in asked.folders for page in load(folder, asked.kinds.split(","))]
    aside = list(load(asked.judge, [kind for kind in asked.kinds.split(",") if KINDS[kind] != "gold.tsv"])) if asked.judge else []
    real = list(load(asked.real, ("sim", "plain"), REAL)) if asked.real else []
    prior = roles.load(PRIOR)
    show("set by hand", judge(pages, prior))

    def fitted(part: list[Page]) -> tuple[roles.Model, forest.Forest]:
        chain = Chain(part, list(prior.weights))
        begun = chain.vector(prior)
        model = role_table.rounded(chain.model(begun + asked.way * (chain.fit(begun, asked.strength) - begun)))
        trees = grown(chain, model, boosting.Growth(asked.trees)) if asked.trees else ()
        return model, tuple(boosting.shrunk(tree, asked.share) for tree in trees)

    model, trees = fitted(pages + real)
    show("weights alone", judge(pages, model))
    show("with trees", judge(pages, model, trees))
    if asked.write:
        role_table.write(TARGET, model)
        boosting.write(TREES, trees, ABOUT.format(asked.trees, len({page.name for page in pages}), len(pages)))
    if aside:
        show("aside, by hand", judge(aside, prior))
        show("aside, weights", judge(aside, model))
        show("aside, trees", judge(aside, model, trees))
    crossed, amended = Counter[tuple[str, int, int]](), Counter[tuple[str, int, int]]()
    for number, held in enumerate(folds(pages, asked.folds) if asked.folds else ()):
        part, grove = fitted([page for page in pages + real if page.name not in held])
        if asked.crossed:
            keep(asked.crossed / str(number), held, part, grove)
        left = [page for page in pages if page.name in held]
        crossed += judge(left, part)
        amended += judge(left, part, grove)
    if crossed:
        show("crossed, weights", crossed)
        show("crossed, trees", amended)
    if real and asked.folds:
        show("real, by hand", judge(real, prior))
        show("real, fitted", judge(real, model, trees))
        crossed = Counter()
        for name in sorted({page.name for page in real}):
            part, grove = fitted(pages + [page for page in real if page.name != name])
            crossed += judge([page for page in real if page.name == name], part, grove)
        show("real, left out", crossed)


if __name__ == "__main__":
    main()
