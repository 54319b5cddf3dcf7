"""The options several commands share, each said once, and what they add up to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from convert.errors import UsageError

if TYPE_CHECKING:
    from convert.batch.recipe import Recipe

WHAT, MEND, LOOK, RUN = "What is made", "How text is read and mended", "What editions look like", "How it runs"

def _option(panel: str, *names: str, help: str, metavar: str | None = None, **more: Any) -> Any:
    return typer.Option(*names, help=help, metavar=metavar, rich_help_panel=panel, **more)


Words: TypeAlias = list[str] | None
Text: TypeAlias = str | None
File: TypeAlias = Path | None
Files: TypeAlias = list[Path] | None
Flag: TypeAlias = bool

To = Annotated[Words, _option(WHAT, "--to", metavar="FORMAT,…", help="Formats: docx,pdf,epub (the default), html, json, …")]
VariantNames = Annotated[Words, _option(
    WHAT, "--variant", metavar="VARIANT,…", help="cn, t, tw, twp, hk, hkp, source, or all. Default cn,tw,hk.")]
CheckVariants = Annotated[Words, _option(
    WHAT, "--variant", metavar="VARIANT,…", help="Report doubtful readings of these variants instead.")]
ProofVariant = Annotated[Words, _option(
    WHAT, "--variant", metavar="VARIANT", help="Proof the doubtful conversions of this variant instead.")]
AsIssue = Annotated[Text, _option(WHAT, "--as-issue", metavar="NAME", help="All inputs are pages of one issue of this name.")]
Beside = Annotated[Text, _option(WHAT, "-o", "--out", metavar="DIR", help="Folder, or - for standard output.")]
Dist = Annotated[str, _option(WHAT, "-o", "--out", metavar="DIR", help="Where editions go, a folder an issue.")]

Glossary = Annotated[Files, _option(MEND, "--glossary", metavar="FILE", help="Conversions agreed on (TSV).")]
Errata = Annotated[Files, _option(MEND, "--errata", metavar="FILE", help="The editor's decisions (TSV).")]
Meta = Annotated[File, _option(MEND, "--meta", metavar="FILE", help="Title, number, date, … (TOML).")]
Encoding = Annotated[Text, _option(MEND, "--encoding", help="Force an encoding, such as gb18030.")]
From = Annotated[Text, _option(MEND, "--from", "--format", metavar="FORMAT", help="Force a reader; see `reissue formats`.")]
Reader = Annotated[Text, _option(MEND, "--from", metavar="FORMAT", help="Force a reader; see `reissue formats`.")]
Profile = Annotated[Text, _option(MEND, "--profile", help="How far proofreading goes: off, archive, library or reading.")]
Model = Annotated[File, _option(MEND, "--model", metavar="FILE", help="A model learned from your archive.")]
Learn = Annotated[Flag, _option(MEND, "--learn", help="Read each issue with what all the others write in mind.")]
OpenCC = Annotated[Text, _option(MEND, "--opencc", help="Conversion engine: native or reimplemented.")]
Register = Annotated[Text, _option(MEND, "--register", help="Wording of Taiwan: press or it.")]
NoResolver = Annotated[Flag, _option(MEND, "--no-resolver", help="Plain OpenCC, without reading the context.")]
House = Annotated[Text, _option(MEND, "--house", help="House style of a region or paper, by name.")]

StyleName = Annotated[Text, _option(LOOK, "--style", metavar="NAME|FILE", help="A style by name, or a .toml or .docx file.")]
Review = Annotated[Flag, _option(LOOK, "--review", help="Show corrections and queries as comments.")]
Redline = Annotated[Flag, _option(LOOK, "--redline", help="Show corrections as tracked changes (docx).")]
EmbedFonts = Annotated[Flag, _option(LOOK, "--embed-fonts", help="Put rare characters' font into the book (epub).")]
TocPages = Annotated[Flag, _option(LOOK, "--toc-pages", help="Page numbers in the contents list (docx).")]
CertifiedBy = Annotated[Text, _option(LOOK, "--certified-by", metavar="NAME", help="Who vouches for accessibility (epub).")]
Cover = Annotated[Text, _option(
    LOOK, "--cover", metavar="FILE|none", help="A PNG or JPEG for the cover instead of a drawn one (epub).")]
Attach = Annotated[Flag, _option(LOOK, "--attach-source", help="Put the source text into the PDF (PDF/A-3u).")]
Font = Annotated[File, _option(LOOK, "--font", metavar="FILE", help="A font file to set the text in (pdf).")]

Jobs = Annotated[int, _option(RUN, "--jobs", "-j", min=0, help="Processes; 0 = one a core.")]
RunnerName = Annotated[str, _option(RUN, "--runner", help="Where tasks run: local or dask.")]
Scheduler = Annotated[Text, _option(RUN, "--scheduler", metavar="ADDRESS", help="Address of the Dask scheduler.")]
Force = Annotated[Flag, _option(RUN, "--force", help="Make fresh editions again too.")]
DryRun = Annotated[Flag, _option(RUN, "--dry-run", "-n", help="Say what is stale, make nothing.")]
FailFast = Annotated[Flag, _option(RUN, "--fail-fast/--keep-going", help="Stop at the first failure.")]
Prune = Annotated[Flag, _option(RUN, "--prune", help="Remove editions whose source is gone.")]
Overwrite = Annotated[Flag, _option(RUN, "--overwrite", help="Replace files Reissue did not write.")]
Json = Annotated[Flag, _option(RUN, "--json", help="Results as JSON on stdout.")]
Quiet = Annotated[Flag, _option(RUN, "--quiet", "-q", help="Errors only.")]

Diff = Annotated[Flag, typer.Option("--diff", help="Show each change in its line.")]
Explain = Annotated[Flag, typer.Option("--explain", help="Say why each decision was made.")]
ReportForm = Annotated[str, typer.Option(
    "--format", "--report", metavar="FORM", help="Findings as text (a table), json, tsv, github or html.")]
Images = Annotated[File, typer.Option("--images", metavar="DIR", help="Folder with scans of the pages.")]
OutFile = Annotated[Text, typer.Option("-o", "--out", metavar="FILE", help="The file to write; - for standard output.")]


def split(values: list[str] | None) -> tuple[str, ...]:
    """`a,b` and `a` `b` alike, doubles removed."""
    found = (part.strip() for value in values or () for part in value.split(","))
    return tuple(dict.fromkeys(part for part in found if part))


def one_of(name: str, value: str | None, known: tuple[str, ...]) -> None:
    """Raises `UsageError` where `value` is none of `known`."""
    if value is not None and value not in known:
        raise UsageError(f"--{name} is {', '.join(known[:-1])} or {known[-1]}, not “{value}”.")


def not_both(one: str, first: object, other: str, second: object) -> None:
    """Raises `UsageError` where two options that exclude each other are given."""
    if first and second:
        raise UsageError(f"Give {one} or {other}, not both.")


def recipe(
    to: list[str] | None = None, variant: list[str] | None = None, *, style: str | None = None,
    glossary: list[Path] | None = None, errata: list[Path] | None = None, meta: Path | None = None,
    encoding: str | None = None, form: str | None = None, profile: str | None = None, model: Path | None = None,
    opencc: str | None = None, register: str | None = None, no_resolver: bool = False, house: str | None = None,
    **flags: Any,
) -> Recipe:
    """The options of a command as one recipe; names are checked here, before any work.  Raises `UsageError`."""
    from convert import plugins
    from convert import style as styles
    from convert.batch.recipe import FORMATS, Recipe, expand_variants
    from convert.options import ParseOptions, ReadOptions, VariantOptions
    from convert.style import NO_COVER

    one_of("profile", profile, ("off", "archive", "library", "reading"))
    one_of("opencc", opencc, ("native", "reimplemented"))
    one_of("register", register, ("press", "it"))
    if encoding is not None:
        check_encoding(encoding)
    if form is not None:
        plugins.reader(form)
    formats = split(to)
    for name in formats:
        plugins.writer(name)
    if style is not None:
        styles.load(style)
    extra = [("glossary", path) for path in glossary or ()] + [("errata", path) for path in errata or ()]
    if meta is not None:
        extra.append(("toml", meta))
    picture = flags.get("cover")
    given = [model, Path(picture) if picture and picture != NO_COVER else None]
    for path in (*(path for _, path in extra), *filter(None, given)):
        if not path.is_file():
            raise UsageError(f"There is no file {path}.")
    usual = VariantOptions()
    return Recipe(
        formats=formats or FORMATS,
        variants=expand_variants(split(variant)),
        style=style,
        flags=tuple((key, str(value) if isinstance(value, Path) else value) for key, value in sorted(flags.items()) if value),
        read=ReadOptions(encoding=encoding, format=form),
        parse=ParseOptions(profile=profile or ParseOptions().profile, model=model),
        variant=VariantOptions(opencc or usual.engine, register or usual.register, not no_resolver, house),
        extra=tuple(extra),
    )


def check_encoding(name: str) -> None:
    """Raises `UsageError` for an encoding Python does not know or that is none for text."""
    try:
        "".encode(name)
        b"".decode(name)
    except (LookupError, ValueError, TypeError) as error:
        raise UsageError(f"There is no encoding called “{name}”. Try utf-8, gb18030, big5hkscs or utf-16.") from error
