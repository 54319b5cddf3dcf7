"""The commands and their arguments.  What they do lies in `making`, `looking` and `listing`, imported when called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from convert.cli import options as o

app = typer.Typer(
    name="reissue",
    help="重刊 · OCR text of Chinese newspapers and periodicals in, editions that can be published out. "
    "Every character of the source is accounted for; every change can be seen, refused and repeated.",
    epilog="Exit codes: 0 done, 1 findings or some inputs failed, 2 usage, 3 unreadable input, 4 something is missing, "
    "5 a law of the text was broken. More: docs/cli.md",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

Inputs = Annotated[list[Path], typer.Argument(help="Files, or - for standard input.", metavar="INPUT...")]
OneInput = Annotated[Path, typer.Argument(help="A file, or - for standard input.", metavar="INPUT")]


@app.callback()
def _reissue(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    if version:
        from convert import __version__

        typer.echo(f"reissue {__version__}")
        raise typer.Exit


@app.command()
def convert(
    inputs: Inputs,
    out: o.Beside = None,
    to: o.To = None, variant: o.VariantNames = None, style: o.StyleName = None, glossary: o.Glossary = None,
    errata: o.Errata = None, meta: o.Meta = None, encoding: o.Encoding = None, form: o.From = None,
    profile: o.Profile = None, model: o.Model = None, opencc: o.OpenCC = None, register: o.Register = None,
    no_resolver: o.NoResolver = False, house: o.House = None, review: o.Review = False, redline: o.Redline = False,
    embed_fonts: o.EmbedFonts = False, toc_pages: o.TocPages = False, certified_by: o.CertifiedBy = None,
    cover: o.Cover = None, attach_source: o.Attach = False, font: o.Font = None,
    as_issue: o.AsIssue = None,
    jobs: o.Jobs = 0, overwrite: o.Overwrite = False, json: o.Json = False, quiet: o.Quiet = False,
) -> int:
    """Convert files; editions are written beside each input, or into -o DIR."""
    from convert.cli import making

    recipe = o.recipe(
        to, variant, style=style, glossary=glossary, errata=errata, meta=meta, encoding=encoding, form=form,
        profile=profile, model=model, opencc=opencc, register=register, no_resolver=no_resolver, house=house,
        review=review, redline=redline, embed_fonts=embed_fonts, toc_pages=toc_pages, certified_by=certified_by,
        cover=cover, attach_source=attach_source, font=font,
    )
    return making.convert(inputs, out, recipe, as_issue=as_issue, jobs=jobs, overwrite=overwrite, json=json, quiet=quiet)


@app.command()
def build(
    folder: Annotated[str, typer.Argument(help="The folder of your issues.", metavar="[DIR]")] = "seeds",
    out: o.Dist = "dist",
    to: o.To = None, variant: o.VariantNames = None, style: o.StyleName = None, glossary: o.Glossary = None,
    errata: o.Errata = None, meta: o.Meta = None, encoding: o.Encoding = None, form: o.From = None,
    profile: o.Profile = None, model: o.Model = None, learn: o.Learn = False,
    opencc: o.OpenCC = None, register: o.Register = None,
    no_resolver: o.NoResolver = False, house: o.House = None, review: o.Review = False, redline: o.Redline = False,
    embed_fonts: o.EmbedFonts = False, toc_pages: o.TocPages = False, certified_by: o.CertifiedBy = None,
    cover: o.Cover = None, attach_source: o.Attach = False, font: o.Font = None,
    jobs: o.Jobs = 0,
    runner: o.RunnerName = "local", scheduler: o.Scheduler = None,
    force: o.Force = False, dry_run: o.DryRun = False, fail_fast: o.FailFast = False, prune: o.Prune = False,
    overwrite: o.Overwrite = False, json: o.Json = False, quiet: o.Quiet = False,
) -> int:
    """Build every issue in DIR: only what is stale, in parallel, with a journal that survives anything."""
    from convert.batch.build import Wish
    from convert.cli import making

    recipe = o.recipe(
        to, variant, style=style, glossary=glossary, errata=errata, meta=meta, encoding=encoding, form=form,
        profile=profile, model=model, opencc=opencc, register=register, no_resolver=no_resolver, house=house,
        review=review, redline=redline, embed_fonts=embed_fonts, toc_pages=toc_pages, certified_by=certified_by,
        cover=cover, attach_source=attach_source, font=font,
    )
    o.not_both("--learn", learn, "--model", model)
    o.one_of("runner", runner, ("local", "dask"))
    wish = Wish(force=force, overwrite=overwrite, dry_run=dry_run, fail_fast=fail_fast, prune=prune, learn=learn)
    return making.build(folder, out, recipe, wish, jobs=jobs, runner=runner, scheduler=scheduler, json=json, quiet=quiet)


@app.command()
def check(
    inputs: Inputs, errata: o.Errata = None, glossary: o.Glossary = None, meta: o.Meta = None, encoding: o.Encoding = None,
    form: o.Reader = None, profile: o.Profile = None, model: o.Model = None,
    variant: o.CheckVariants = None, style: o.StyleName = None, opencc: o.OpenCC = None, register: o.Register = None,
    no_resolver: o.NoResolver = False, house: o.House = None,
    diff: o.Diff = False, explain: o.Explain = False, report: o.ReportForm = "text",
    json: o.Json = False,
) -> int:
    """Tell what would be changed and what is asked of the editor; exit code 1 if there are queries."""
    from convert.cli import looking

    recipe = o.recipe(
        variant=variant, style=style, errata=errata, glossary=glossary, meta=meta, encoding=encoding, form=form,
        profile=profile, model=model, opencc=opencc, register=register, no_resolver=no_resolver, house=house,
    )
    if variant and recipe.variants:
        return looking.check_variants(inputs, recipe, recipe.variants, form="json" if json else report)
    return looking.check(inputs, recipe, form="json" if json else report, diff=diff, explain=explain)


@app.command()
def proof(
    source: OneInput,
    out: o.OutFile = None,
    errata: o.Errata = None, glossary: o.Glossary = None, meta: o.Meta = None, encoding: o.Encoding = None,
    form: o.From = None, profile: o.Profile = None, model: o.Model = None,
    variant: o.ProofVariant = None, style: o.StyleName = None, opencc: o.OpenCC = None, register: o.Register = None,
    no_resolver: o.NoResolver = False, house: o.House = None,
    images: o.Images = None,
    overwrite: o.Overwrite = False,
) -> int:
    """Write a self-contained HTML page to read, accept, reject, and save as an errata file."""
    from convert.cli import looking

    recipe = o.recipe(
        variant=variant, style=style, errata=errata, glossary=glossary, meta=meta, encoding=encoding, form=form,
        profile=profile, model=model, opencc=opencc, register=register, no_resolver=no_resolver, house=house,
    )
    return looking.proof(source, out, recipe, images=images, overwrite=overwrite)


@app.command()
def variant(
    name: Annotated[str, typer.Argument(help="cn, t, tw, twp, hk or hkp.", metavar="NAME")],
    source: Annotated[Path, typer.Argument(help="A file, or - for standard input.", metavar="[FILE|-]")] = Path("-"),
    out: o.OutFile = "-",
    glossary: o.Glossary = None, encoding: o.Encoding = None, opencc: o.OpenCC = None, register: o.Register = None,
    no_resolver: o.NoResolver = False, house: o.House = None, overwrite: o.Overwrite = False,
) -> int:
    """Plain text to a variant, line for line, no parsing: a better OpenCC command."""
    from convert.cli import looking

    recipe = o.recipe(
        glossary=glossary, encoding=encoding, opencc=opencc, register=register, no_resolver=no_resolver, house=house
    )
    return looking.variant(name, source, out or "-", recipe, overwrite=overwrite)


@app.command()
def learn(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("-o", "--out", help="The model to write.", metavar="FILE")],
    encoding: o.Encoding = None, form: o.From = None, overwrite: o.Overwrite = False,
) -> int:
    """Learn an archive's own words and errors, for --model."""
    from convert.cli import looking

    return looking.learn(inputs, out, o.recipe(encoding=encoding, form=form), overwrite=overwrite)


@app.command()
def formats(json: o.Json = False) -> int:
    """List the readers, writers and correctors installed, plug-ins included."""
    from convert.cli import listing

    return listing.formats(json)


@app.command()
def variants(json: o.Json = False) -> int:
    """List the variants an edition can be in."""
    from convert.cli import listing

    return listing.variants(json)


@app.command()
def styles(json: o.Json = False) -> int:
    """List the styles installed."""
    from convert.cli import listing

    return listing.styles(json)


@app.command()
def fonts(json: o.Json = False) -> int:
    """List the fonts editions can be set in."""
    from convert.cli import listing

    return listing.fonts(json)
