"""Reading grades from our own counts. Formulas: Kincaid et al. 1975, McLaughlin 1969."""

from __future__ import annotations

import functools
import math
import re
from typing import NamedTuple

_GROUPS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]|[aeiouy]l)es?$|[^td]ed$")
_HIATUS = re.compile(r"i[ao](?!us|n)|eo(?!us)|[aeiou]ing$|ua(?!r)")


class Counts(NamedTuple):
    """What the formulas need: numbers of sentences, words, syllables, and words of three and more syllables."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int


@functools.cache
def syllables(word: str) -> int:
    """The syllables of a lower-case word, by its groups of vowels; digits count as one."""
    groups = len(_GROUPS.findall(word))
    groups += len(_HIATUS.findall(word))
    if _SILENT.search(word) and groups > 1:
        groups -= 1
    return max(groups, 1)


def grade(counts: Counts) -> float:
    """The Flesch-Kincaid grade: 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid et al. 1975)."""
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog(counts: Counts) -> float:
    """The SMOG grade: 1.043 sqrt(30 polysyllables/sentences) + 3.1291 (McLaughlin 1969)."""
    return 1.043 * math.sqrt(30 * counts.polysyllables / counts.sentences) + 3.1291
