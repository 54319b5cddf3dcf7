"""The detectors, in one table.  Each is a plain function of the page; adding one is one file and one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convert.proofread.consistency import inconsistencies
from convert.proofread.dashes import misread_dashes
from convert.proofread.doubled import doubled_characters, doubled_words
from convert.proofread.dropped import dropped_characters
from convert.proofread.extra import extra_characters
from convert.proofread.figures import figure_questions
from convert.proofread.letters import misread_letters
from convert.proofread.lookalike import lookalikes
from convert.proofread.marks import mark_questions
from convert.proofread.misprints import misprints, set_phrases
from convert.proofread.misread import misreadings
from convert.proofread.page import Page
from convert.proofread.particles import doubled_particles
from convert.proofread.people import other_names
from convert.proofread.plugin import corrections
from convert.proofread.proposal import Proposal, Question
from convert.proofread.soundalike import soundalikes
from convert.proofread.split import split_characters

Detector = Callable[[Page], Iterator[Proposal | Question]]

DETECTORS: tuple[tuple[str, Detector], ...] = (
    ("misprints", misprints),
    ("dashes", misread_dashes),
    ("set-phrases", set_phrases),
    ("doubled", doubled_characters),
    ("doubled-particles", doubled_particles),
    ("doubled-words", doubled_words),
    ("extra", extra_characters),
    ("look-alikes", lookalikes),
    ("misread", misreadings),
    ("sound-alikes", soundalikes),
    ("split", split_characters),
    ("letters", misread_letters),
    ("consistency", inconsistencies),
    ("names", other_names),
    ("dropped", dropped_characters),
    ("marks", mark_questions),
    ("figures", figure_questions),
    ("correctors", corrections),
)
