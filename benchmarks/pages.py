"""Newspaper pages of our own making, with known truth: `python benchmarks/pages.py OUT [--pages 6] GOLD.tsv …`.

Articles of the gold pages given are dealt to new pages and set by Chromium in two to four columns, stacked or side by side, with
pictures, headlines across and (now and then) beside the columns.  Of each page: `NN.gold.tsv`, `.pdf`, `.pdftext.txt` (default,
`-raw` or `-layout`), and of a degraded raster of it `.tess.txt`, `.hocr`, `.alto.xml` by Tesseract.  Measure with
`benchmarks/structure.py --pages OUT`.
Needs chromium, poppler-utils, tesseract with chi_sim, Pillow and numpy.
"""

from __future__ import annotations

import argparse
import html
import random
import subprocess
import tempfile
from pathlib import Path

CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
]  # fmt: skip
HEAD = ("kicker", "title", "subtitle", "byline")
TEXT = ([], ["-raw"], ["-layout"])
Block = tuple[str, str]

STYLE = """
@page {{ size: {wide}mm HIGH; margin: 12mm }}
body {{ font: {size}pt/{lead} "{face}"; margin: 0 }}
p {{ margin: 0; text-indent: 2em; text-align: justify; orphans: 1; widows: 1 }}
p.list {{ text-align: left }}
.kicker {{ font: {kicker}pt/1.4 "Noto Sans CJK SC"; margin: 0 0 1mm; text-align: {align} }}
.title {{ font: bold {title}pt/1.25 "{headface}"; margin: 0 0 1.5mm; text-align: {align} }}
.subtitle {{ font: {kicker}pt/1.4 "Noto Serif CJK SC"; margin: 0 0 1.5mm; text-align: {align} }}
.byline {{ font: {size}pt/1.5 "Noto Sans CJK SC"; margin: 0 0 1.5mm; text-align: {align}; text-indent: 0 }}
.signed {{ text-align: right; text-indent: 0; margin: 0 }}
.heading {{ font: bold {size}pt/{lead} "Noto Sans CJK SC"; text-align: {headings}; text-indent: {headindent}; margin: 0 }}
.colophon {{ font: {small}pt/1.6 "Noto Sans CJK SC"; margin: 0; text-indent: 0; border-bottom: {rule} solid #444 }}
figure {{ margin: 1mm 0; break-inside: avoid }}
figure div {{ height: {picture}mm; background: repeating-linear-gradient({angle}deg, #666 0 3mm, #aaa 3mm 5mm, #888 5mm 9mm) }}
figcaption {{ font: {small}pt/1.4 "Noto Sans CJK SC" }}
.columns {{ column-gap: {gap}mm; column-rule: {rule} solid #999 }}
.article {{ margin: 0 0 5mm; break-inside: avoid }}
.row {{ display: flex; gap: {gap}mm }}
.row > .article {{ flex: 1 }}
.upright {{ writing-mode: vertical-rl; flex: none; margin: 0 2mm }}
.beside {{ display: flex }}
.beside > .columns {{ flex: 1 }}
"""


def articles(paths: list[Path]) -> list[list[Block]]:
    """All articles of gold pages; what belongs to a page and not to an article is left out."""
    found: list[list[Block]] = []
    for path in paths:
        opened = False
        for line in path.read_text("utf-8").splitlines():
            role, _, text = line.partition("\t")
            if role == "article":
                found.append([])
                opened = True
            elif opened and role not in ("colophon", "drop") and text:
                found[-1].append((role, text))
    return [one for one in found if 60 < sum(len(text) for _, text in one) < 2600]


def _blocks(blocks: list[Block]) -> str:
    out = []
    for at, (role, text) in enumerate(blocks):
        safe = html.escape(text)
        if role == "caption":
            out.append(f"<figure><div></div><figcaption>{safe}</figcaption></figure>")
        elif role == "paragraph":
            out.append(f"<p>{safe}</p>")
        elif role == "byline":
            out.append(f'<div class="{"signed" if at > 2 else "byline"}">{safe}</div>')
        else:
            out.append(f'<div class="{"heading" if role.startswith("heading") else role}">{safe}</div>')
    return "\n".join(out)


def article(blocks: list[Block], columns: int, upright: bool) -> str:
    """One article: its headline over its columns, or beside them."""
    first = next((at for at, (role, _) in enumerate(blocks) if role not in HEAD), len(blocks))
    head, body = _blocks(blocks[:first]), _blocks(blocks[first:])
    text = f'<div class="columns" style="columns:{columns}">{body}</div>'
    if upright and first:
        return f'<div class="article beside"><div class="upright">{head}</div>{text}</div>'
    return f'<div class="article">{head}{text}</div>'


def page(pool: list[list[Block]], chance: random.Random, size: int) -> tuple[str, list[list[Block]], list[str]]:
    """HTML of a page, its articles in reading order, and its colophon."""
    chosen: list[list[Block]] = []
    while pool and sum(len(text) for one in chosen for _, text in one) < size:
        chosen.append(pool.pop())
    columns = chance.choice([2, 3, 3, 4])
    body = chance.choice([8.5, 9, 9.5, 10.5])
    style = STYLE.format(
        wide=chance.choice([210, 240, 270]), size=body, lead=chance.choice([1.4, 1.55, 1.7]),
        face=chance.choice(["Noto Serif CJK SC", "Noto Serif CJK SC", "Noto Sans CJK SC"]),
        headface=chance.choice(["Noto Serif CJK SC", "Noto Sans CJK SC"]), kicker=body + chance.choice([1, 2.5, 4]),
        title=body * chance.choice([1.8, 2.2, 2.8]), small=body - chance.choice([0.5, 1, 1.5]),
        align=chance.choice(["left", "center"]), headings=chance.choice(["left", "center"]),
        headindent=chance.choice(["0", "2em"]), picture=chance.choice([18, 30]), angle=chance.randrange(180),
        gap=chance.choice([4, 5, 7]), rule=chance.choice(["0", "0.2mm"]),
    )  # fmt: skip
    number = chance.randrange(20, 400)
    top = f"社区生活报 2023年{chance.randrange(1, 13)}月{chance.randrange(1, 28)}日 第{number}期"
    foot = "责任编辑：何晓 校对：田野 投稿邮箱：bianji@example.org"
    parts = [f'<div class="colophon">{top}</div>']
    waiting: list[str] = []
    for one in chosen:
        if sum(len(text) for _, text in one) < 700 and columns > 2:
            waiting.append(article(one, max(1, columns // 2), False))
            if len(waiting) == 2:
                parts.append(f'<div class="row">{"".join(waiting)}</div>')
                waiting = []
            continue
        parts += waiting
        waiting = []
        parts.append(article(one, columns, chance.random() < 0.15))
    parts += [*waiting, f'<div class="colophon">{foot}</div>']
    body_of = "".join(parts)
    markup = f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><style>{style}</style><body>{body_of}</body></html>'
    return markup, chosen, [top, foot]


def scan(pdf: Path, number: int, folder: Path) -> Path:
    """The first page as a grey raster: a little turned, soft and noisy."""
    import numpy as np
    from PIL import Image, ImageFilter

    chance = random.Random(number)
    dots = chance.choice([200, 240, 300])
    subprocess.run(["pdftoppm", "-r", str(dots), "-gray", "-png", "-singlefile", pdf, folder / "scan"], check=True)
    image = Image.open(folder / "scan.png").convert("L")
    image = image.rotate(chance.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.8)))
    grain = np.random.default_rng(number).normal(0, chance.uniform(4, 12), (image.height, image.width))
    out = folder / "noisy.png"
    Image.fromarray(np.clip(np.asarray(image, float) + grain, 0, 255).astype("uint8")).save(out, dpi=(dots, dots))
    return out


def make(out: Path, number: int, pool: list[list[Block]], chance: random.Random) -> None:
    """One page in all its kinds."""
    name = f"{number:02d}"
    markup, chosen, colophon = page(pool, chance, chance.choice([1500, 2200, 3000]))
    gold = [f"colophon\t{colophon[0]}"]
    for one in chosen:
        gold += ["article", *(f"{role}\t{text}" for role, text in one)]
    (out / f"{name}.gold.tsv").write_text("\n".join([*gold, f"colophon\t{colophon[1]}"]) + "\n", "utf-8")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pdf = out / f"{name}.pdf"
        for high in (350, 430, 520, 620, 800):  # millimetres: the lowest sheet that holds it all
            (folder / "page.html").write_text(markup.replace("HIGH", f"{high}mm"), "utf-8")
            subprocess.run(
                [*CHROMIUM, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", (folder / "page.html").as_uri()],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
            text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout
            if b"\f" not in text.strip(b"\f"):
                break
        subprocess.run(["pdftotext", *TEXT[number % 3], pdf, out / f"{name}.pdftext.txt"], check=True)
        image = scan(pdf, number, folder)
        command = ["tesseract", image, folder / "read", "-l", "chi_sim", "txt", "hocr", "alto"]
        subprocess.run(command, check=True, capture_output=True)
        for made_as, kept_as in (("txt", "tess.txt"), ("hocr", "hocr"), ("xml", "alto.xml")):
            (out / f"{name}.{kept_as}").write_bytes((folder / f"read.{made_as}").read_bytes())


def main() -> None:
    """Make the pages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("gold", nargs="+", type=Path)
    options.add_argument("--pages", type=int, default=6)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    chance = random.Random(asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    source = articles(asked.gold)
    pool: list[list[Block]] = []
    for number in range(1, asked.pages + 1):
        if len(pool) < 8:
            pool = chance.sample(source, len(source))
        make(asked.out, number, pool, chance)


if __name__ == "__main__":
    main()
