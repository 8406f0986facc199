"""Whose words a claim is, beyond a source in its sentence: a named person, the study that the text itself reports.

These are reasons not to ask for a source once more; each is a guard, a function of the document and a place.
"""

from __future__ import annotations

from bisect import bisect_left

from healthlint.analysis.citations import marks
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.document import Document, per_document
from healthlint.expressions import expression

_SAYS = r"(?:says?|said|explains?|explained|adds|added|notes|noted)"
_NOBODY = r"(?!(?:Researchers|Experts|Scientists|Doctors|Studies|Study|Research|He|She|They|It|We|You|Who)\b)"
_CREDITED = expression(
    rf"[,\u201d\"\u2019] {_SAYS} (?:(?:Dr|Prof|Mr|Ms|Mrs)\.? |[a-z-]+ author |Professor )?{_NOBODY}[A-Z][a-z]"
    rf"|{_NOBODY}\b[A-Z][\w\u2019'-]+ {_SAYS}\b"
)


def credited(document: Document, start: int, end: int) -> bool:
    """The sentence says which person says so: "..., says Raed", "Dr. Ruiz said that ..."."""
    sentence = sentences(document)[sentence_at(document, start)]
    return bool(_CREDITED.search(document.text, sentence.start, sentence.end))


def named_group(document: Document, start: int, end: int) -> bool:
    """The words go on a name that begins before them: "Group Health researchers", "Danish scientists"."""
    at = words(document)
    number = sentence_at(document, start)
    sentence = sentences(document)[number]
    if segments(document)[sentence.block] in (Segment.TITLE, Segment.HEADING):
        return False
    first = bisect_left(at.starts, start)
    if not _of_people(document, start, end):
        return False
    if first <= sentence.first or document.text[at.ends[first - 1] : start] != " ":
        return False
    inside = first - 1 > sentence.first and at.text[at.starts[first - 1]].isupper()
    return inside or at.text[start].isupper()


def _of_people(document: Document, start: int, end: int) -> bool:
    at = words(document)
    return not _PEOPLE.isdisjoint(at.folded[bisect_left(at.starts, start) : bisect_left(at.starts, end)])


_PEOPLE = frozenset("researchers scientists investigators experts doctors physicians specialists clinicians".split())


@per_document
def introduced(document: Document) -> tuple[int, ...]:
    """Where the text says which study it reports: its journal, authors, trial or chief author."""
    at = words(document)
    found = [mark.start for mark in marks(document) if mark.kind in ("name", "author", "journal", "identifier")]
    found += [at.starts[match.first] for match in at.matches("chief-author")]
    found += [match.start() for match in NAMED_TRIAL.finditer(document.text)]
    return tuple(sorted(found))


NAMED_TRIAL = expression(r"[A-Z](?<!\w.)[A-Z][A-Z0-9*-]{2,}\b (?:study|trial)")
_REACH = 12
"""A study is what "the participants" belong to for so many paragraphs after it was named."""
_AHEAD = 4
"""And a release names it so many paragraphs after its first sentence."""


def _is_introduced(document: Document, start: int, ahead: int = 0) -> bool:
    block = sentences(document)[sentence_at(document, start)].block
    low = document.blocks[max(0, block - _REACH)].start
    high = document.blocks[min(len(document.blocks) - 1, block + ahead)].end if ahead else start
    return any(low <= place < high for place in introduced(document))


def own_study(document: Document, start: int, end: int) -> bool:
    """The study is the one that the text reports: "researchers found" after it was named, "a new study" before."""
    if _of_people(document, start, end):
        return _is_introduced(document, start)
    at = words(document)
    inside = at.folded[bisect_left(at.starts, start) : bisect_left(at.starts, end)]
    return "new" in inside and _is_introduced(document, start, _AHEAD)


def own_result(document: Document, start: int, end: int) -> bool:
    """The sentence tells a result of the study that the text has introduced: its groups, "the study", "they found"."""
    if not _is_introduced(document, start):
        return False
    sentence = sentences(document)[sentence_at(document, start)]
    at = words(document)
    inside = at.folded[sentence.first : sentence.last]
    return not _GROUPS.isdisjoint(inside) or at.holds("researcher", sentence.start, sentence.end)


_GROUPS = frozenset(
    "participants subjects volunteers arm placebo compared randomized randomised group groups mice rats team".split()
)


def refuted(document: Document, start: int, end: int) -> bool:
    """The next sentence takes the claim back: "That claim goes well beyond the evidence"."""
    number = sentence_at(document, start)
    return any(_refutes(document, sentence) for sentence in sentences(document)[number + 1 : number + 2])


def _refutes(document: Document, sentence: Sentence) -> bool:
    return words(document).holds("refutation", sentence.start, sentence.end)


def claimed(document: Document, start: int, end: int) -> bool:
    """Somebody else is said to claim it, and the text does not: "the seller claimed that it cures", ", he alleged,"."""
    sentence = sentences(document)[sentence_at(document, start)]
    at = words(document)
    own = {n + 1 for word in _OURSELVES & at.index.keys() for n in at.index[word]}
    verbs = (n for word in _CLAIMING & at.index.keys() for n in at.index[word])
    return any(sentence.first <= n < sentence.last and n not in own for n in verbs)


_CLAIMING = frozenset(
    "claim claims claimed claiming alleged alleges allegedly asserted asserts asserting insisted insists boasted boasts"
    " falsely purportedly supposedly".split()
)
_OURSELVES = frozenset("we i".split())


def aside(document: Document, start: int, end: int) -> bool:
    """The words define something in passing: "mastectomy, which treats breast cancer by removing the breast"."""
    sentence = sentences(document)[sentence_at(document, start)]
    return bool(_ASIDE.search(document.text, sentence.start, start))


_ASIDE = expression(
    r", (?:(?:a|an|the) [\w -]{1,40} )?(?:which|that|commonly used|often used|used) (?:is (?:used )?)?(?:to )?$"
)
