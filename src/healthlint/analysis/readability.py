"""Reading grades: syllables, the two formulas of the default, and every other metric of textstat by its name.

Syllables come from our own table, so that the numbers are the same on every machine: a heuristic, and the words for
which it differs from the CMU Pronouncing Dictionary (`tools/build_syllables.py` writes them).
"""

import functools
import sys
import unicodedata
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any

from healthlint import tables
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

_PART = expression(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_ACCENT = expression("[\u0300-\u036f]")
_GROUP = expression(r"[aeiouy]+")
_SILENT = expression(
    r"(?:[^aeiouyl]|[aeiouyl]l)e$"  # make, whole, belle; not table
    r"|(?:[^aeiouytdl]|[aeiouyl]l)ed$"  # walked, called; not wanted, handled
    r"|[tnvdrkmlbp](?<![^aeiouyl]l)es$"  # makes; not causes, tables
    r"|[^aeiouy]e(?:ly|less|ness|ment|man|men|ful)"  # safely, statement
    r"|[^aeiouy]ue$|ical(?=ly)"  # fatigue, typically
)
_HIATUS = expression(
    r"(?<![cts])ia|[ct]iat|eo|[rd]io|io(?![nu])|^[^aeiouy]io|ier$|iu[^aeiouy]|^rea|ie[^aeiouy]t"  # dial, idea, radio
    r"|ual|uat|uou|[oeu]ing$|(?<!^)ya|yer|yi[^aeiouy]{2}"  # manual, doing, buyer, trying
    r"|sm$|^mc"  # a syllable without a vowel: autism, McKay
)
_LANGUAGE = "en_healthlint"
"""The language by which textstat asks for our syllables; its caches keep languages apart, so a host program's own use
of textstat gets its own numbers."""
_VARIANT = {"wiener_sachtextformel": (1,)}

METRICS = (
    *("automated_readability_index", "avg_character_per_word", "avg_letter_per_word", "avg_sentence_length"),
    *("avg_sentence_per_word", "avg_syllables_per_word", "char_count", "coleman_liau_index"),
    *("count_arabic_long_words", "count_arabic_syllables", "count_complex_arabic_words", "count_faseeh", "crawford"),
    *("dale_chall_readability_score", "dale_chall_readability_score_v2", "difficult_words", "fernandez_huerta"),
    *("flesch_kincaid_grade", "flesch_reading_ease", "gulpease_index", "gunning_fog", "gutierrez_polini"),
    *("letter_count", "lexicon_count", "linsear_write_formula", "lix", "long_word_count", "mcalpine_eflaw"),
    *("miniword_count", "monosyllabcount", "osman", "polysyllabcount", "reading_time", "rix", "sentence_count"),
    *("smog_index", "spache_readability", "syllable_count", "szigriszt_pazos", "text_standard"),
    *("wiener_sachtextformel", "words_per_sentence"),
)
"""The names of the metrics of textstat 0.7.13: what takes a text and gives a number or a sentence about it."""

GRADES = frozenset(
    "flesch_kincaid_grade smog_index coleman_liau_index automated_readability_index linsear_write_formula gunning_fog"
    " text_standard".split()
)
"""The metrics whose number is a year of school (US), so that the target of a profile can be compared with it."""

EASIER_ABOVE = frozenset(
    "flesch_reading_ease fernandez_huerta szigriszt_pazos gutierrez_polini gulpease_index osman"
    " avg_sentence_per_word".split()
)
"""The metrics of which a higher number means an easier text."""


class Counts(NamedTuple):
    """What the formulas need: numbers of sentences, words, syllables, and words of three and more syllables."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int


@functools.cache
def syllables(word: str) -> int:
    """The syllables of a lower-case word as CMUdict's first pronunciation has them, or else estimated.

    A hyphenated word has those of its parts, a number has one, accents do not count; a sign such as "%" has none.
    """
    if word.isalpha() and word.isascii():
        return _of_part(word)
    plain = word if word.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", word))
    return sum(map(_of_part, _PART.findall(plain)))


def _of_part(word: str) -> int:
    known = tables.syllables(word)
    return estimate(word) if known is None else known


def estimate(word: str) -> int:
    """The syllables of one part of a word: groups of vowels, less silent e, more hiatus; "mg" is spelled out."""
    groups = _GROUP.findall(word)
    if not groups and word.isalpha() and word.isascii():
        return len(word) + 2 * word.count("w")
    silent = len(_SILENT.findall(word)) if "e" in word or "cally" in word else 0
    beside = len("".join(groups)) > len(groups) or word[-2:] == "sm" or word[:2] == "mc"
    return max(len(groups) - silent + (len(_HIATUS.findall(word)) if beside else 0), 1)


def grade(counts: Counts) -> float:
    """The Flesch-Kincaid grade: 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid et al. 1975)."""
    return 0.39 * (counts.words / counts.sentences) + 11.8 * (counts.syllables / counts.words) - 15.59


def smog(counts: Counts) -> float:
    """The SMOG grade: 1.043 sqrt(30 polysyllables/sentences) + 3.1291 (McLaughlin 1969)."""
    return float(1.043 * (30 * (counts.polysyllables / counts.sentences)) ** 0.5 + 3.1291)


def metric(name: str, text: str) -> float | str:
    """The number (for `text_standard` the words) that textstat gives for the text, with our syllables.

    Of the four variants of `wiener_sachtextformel` it is the first. Raises ValueError for a name not in `METRICS`.
    """
    require(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that textstat calls deprecated is still one that it has
        value: float | str = getattr(_textstat(), name)(text, *_VARIANT.get(name, ()))
    return value


def require(name: str) -> None:
    """Raise ValueError, with what may have been meant, if there is no metric of this name."""
    if name not in METRICS:
        import difflib

        near = [known for known in METRICS if known.startswith(name)] or difflib.get_close_matches(name, METRICS, 1)
        hint = f", did you mean '{near[0]}'?" if near else f"; there are {', '.join(METRICS)}"
        raise ValueError(f"there is no readability metric '{name}'{hint}")


class _Pronunciations(dict[str, list[list[str]]]):
    """What textstat takes for CMUdict: for every word one pronunciation, with as many vowels as it has syllables."""

    def __missing__(self, word: str) -> list[list[str]]:
        return [["AH0"] * syllables(word)]


class _Later(ModuleType):
    """Stands in for a module until somebody uses it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


@functools.cache
def _textstat() -> Any:
    """A textstat of our own that asks us for syllables; as it comes, it asks the network for a dictionary.

    It imports nltk for that dictionary alone, which takes longer than a whole run may, so nltk has to wait.
    """
    waits = "nltk" not in sys.modules
    if waits:
        sys.modules["nltk"] = _Later("nltk")
    try:
        from textstat.backend.counts import _count_syllables  # type: ignore[import-untyped]
        from textstat.textstat import textstatistics  # type: ignore[import-untyped]
    finally:
        if waits:
            del sys.modules["nltk"]
    theirs, ours = _count_syllables.get_cmudict, _Pronunciations()
    _count_syllables.get_cmudict = lambda lang: ours if lang == _LANGUAGE else theirs(lang)
    statistics = textstatistics()
    statistics.set_lang(_LANGUAGE)
    return statistics
