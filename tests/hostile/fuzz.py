"""A fuzzer over the whole way: bytes, reader, parser, variant, writer.

    python -m tests.hostile.fuzz 100000 [SEED]     the long run; prints its seed and what it found

Cases are mutated samples of every format the readers know, spliced with what has broken such programs before.  A case is good
when it ends in editions that are well-formed and hold nothing that runs, or in an `UnreadableInput`; the laws are checked on
the way.  Anything else is a finding, printed with the seed of the case, which `replay` takes.
"""

from __future__ import annotations

import io
import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType

from convert import pipeline, plugins
from convert import style as styles
from convert.errors import ReissueError, UnreadableInput, UsageError
from convert.options import ParseOptions, ReadOptions
from convert.variants import table
from tests.hostile.wholesome import wholesome

CASE_SECONDS = 20
"""CPU time after which a case counts as hung; a usual one takes a hundredth of a second."""

CORPUS = Path(__file__).with_name("corpus")
ENCODINGS = {".txt": ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32", "big5hkscs")}
BAD_BYTES = (b"\xff", b"\xfe\xff", b"\x80" * 9, b"\x81\x30\x81\x30", b"\x1a", b"\0\0", b"\xef\xbb\xbf", b"\xed\xa0\x80")
WRITERS = ("docx", "epub", "pdf", "html", "json", "tsv", "markdown", "text")
VARIANTS = ("source", "cn", "t", "tw", "twp", "hk", "hkp")
PROFILES = ("off", "library", "reading")


class Hung(BaseException):
    """A case took longer than `CASE_SECONDS` of CPU time."""


@cache
def samples() -> tuple[tuple[str, str], ...]:
    """A small sample of every format, by file name."""
    paths = sorted(path for path in CORPUS.iterdir() if path.suffix != ".jsonl")
    return tuple((path.name, path.read_text(encoding="utf-8")) for path in paths)


@cache
def tokens() -> tuple[str, ...]:
    """Pieces of text that have broken such programs before."""
    lines = (CORPUS / "tokens.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if not line.startswith("#"))


def mutate(chance: random.Random) -> tuple[str, bytes]:
    """A file name and bytes: a sample, changed in a few places as text, and now and then as bytes."""
    name, text = chance.choice(samples())
    if chance.random() < 0.1:
        text = "".join(chance.choice(tokens()) for _ in range(chance.randrange(1, 30)))
    for _ in range(chance.choice((0, 1, 2, 3, 5, 8, 20))):
        text = _change(chance, text)
    encoding = chance.choice(ENCODINGS.get(Path(name).suffix, ("utf-8",)))
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "ignore")
    if chance.random() < 0.08:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(BAD_BYTES) + data[at + chance.randrange(3):]
    return name, data


def _change(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    to = min(len(text), at + chance.choice((0, 1, 2, 3, 10, 60)))
    kind = chance.randrange(7)
    if kind == 0:
        return text[:at] + chance.choice(tokens()) + text[at:]
    if kind == 1:
        return text[:at] + chance.choice(tokens()) + text[to:]
    if kind == 2:
        return text[:at] + text[to:]
    if kind == 3:
        return text[:at] + text[at:to] * chance.choice((2, 3, 50)) + text[to:]
    if kind == 4:
        return text[:at] + chr(chance.randrange(0x20000)) + text[at:]
    if kind == 5:
        lines = text.split("\n")
        chance.shuffle(lines)
        return "\n".join(lines)
    other = chance.choice(samples())[1]
    start = chance.randrange(len(other))
    return text[:at] + other[start:start + chance.randrange(200)] + text[at:]


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `Hung` when the block takes more CPU time."""
    def stop(signum: int, frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def replay(seed: int, profile: str | None = None) -> str:
    """Run the case of that seed; what became of it: `read` or `refused`.  Raises what went wrong."""
    chance = random.Random(seed)
    name, data = mutate(chance)
    return case(name, data, chance.choice(VARIANTS), chance.sample(WRITERS, 2), profile or chance.choice(PROFILES))


def case(name: str, data: bytes, variant: str, writers: list[str], profile: str) -> str:
    """The whole way for one input."""
    with limited(CASE_SECONDS):
        try:
            source = pipeline.read(data, name, ReadOptions())
            issue = pipeline.parse(source, ParseOptions(profile=profile))
        except (UnreadableInput, UsageError) as refused:
            assert str(refused).strip(), "a refusal needs a sentence"
            return "refused"
        converted = pipeline.to_variant(issue, variant)
        chosen = table.for_issue(table.variant(variant), issue.language)
        for writer in map(plugins.writer, writers):
            sink = io.BytesIO()
            writer.write(converted, chosen, styles.load(), sink)
            wholesome(f"x.{writer.extension}", sink.getvalue())
    return "read"


def main(count: int, first: int) -> int:
    """`count` cases from seed `first` on; prints findings as they come, and the sum."""
    said: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    start = time.process_time()
    for seed in range(first, first + count):
        try:
            said[replay(seed)] += 1
        except (Exception, Hung) as error:
            said["finding"] += 1
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            where = f"{frame.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{frame.tb_lineno}" if frame else ""
            kind = f"{type(error).__name__} {where}"
            kinds[kind] += 1
            if kinds[kind] <= 3:
                law = " (a law was broken)" if isinstance(error, ReissueError) else ""
                print(f"seed {seed}: {kind}{law}: {str(error)[:160]}", flush=True)
    spent = time.process_time() - start
    print(f"{count} cases, seeds {first} to {first + count - 1}: {dict(said)}; {spent:.0f} CPU s")
    for kind, number in kinds.most_common():
        print(f"  {number:6} {kind}")
    return said["finding"]


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)))
