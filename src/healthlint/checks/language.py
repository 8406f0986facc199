"""LANG rules: words that blame, label or pity people, held against a table that knows a better one."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis.guards import distanced, names_a_work, technical
from healthlint.analysis.sentences import words
from healthlint.checks.passages import Passage, entry, hit, overlaps, said
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity, Suggestion

_FOLLOWS_A_NOUN = frozenset(
    "and or but nor who whom whose that which is are was were be have has had do does did may might can could will"
    " would should must in on at of to from with without by for as than if when while because live lives need needs"
    " get gets often also too not tend take takes more less suffer suffers face faces".split()
)
"""Words that cannot follow an adjective, so that what stands before them is a noun: "the disabled are..."."""


def suicide_language(document: Document, setting: Setting) -> Iterator[Hit]:
    """LANG-001: wording of crime, success or failure, and sensation."""
    return _found(document, "LANG-001", Severity.ERROR)


def substance_use_stigma(document: Document, setting: Setting) -> Iterator[Hit]:
    """LANG-002: labels for people who use drugs; a metaphor ("sugar addict") is only noted."""
    return _found(document, "LANG-002", Severity.WARNING)


def suffering_language(document: Document, setting: Setting) -> Iterator[Hit]:
    """LANG-003: pity for people who live with a condition; "afflicted" or "victim" weigh more."""
    return _found(document, "LANG-003", Severity.INFO)


def person_as_condition(document: Document, setting: Setting) -> Iterator[Hit]:
    """LANG-004: a person named as the disease, or blamed for it."""
    return _found(document, "LANG-004", Severity.WARNING)


def _found(document: Document, rule: str, severity: Severity) -> Iterator[Hit]:
    reported = 0
    for passage in said(document, "stigma", (technical, distanced)):
        better = entry("stigma", passage)
        if better["rule"] != rule or passage.start < reported:
            continue
        if overlaps(document, "no-stigma", passage) or _is_adjective(document, passage):
            continue
        own = Severity[better["severity"].upper()] if "severity" in better else severity
        weight = Severity.INFO if overlaps(document, "stigma-metaphor", passage) else own
        reported = passage.end
        if not names_a_work(document, passage.start):
            fields = {"prefer": _plain(better["prefer"]), "how": _HOW.get(better["kind"], "")}
            if better["kind"] == "blame":
                fields["help"] = 'Let the treatment fail, not the person: "it did not work for them".'
            yield hit(document, passage, weight, fields)._replace(suggestions=_better(document, passage))


def _better(document: Document, passage: Passage) -> tuple[Suggestion, ...]:
    """The better words of the table that can stand in place of these, in the plural if these do."""
    start, end = passage.start, passage.end
    several = document.text[end - 1] == "s" and document.text[end - 2] != "s"
    found = [words for words in entry("stigma", passage)["prefer"].split("; ") if not _ADVICE.search(words)]
    found = [_PERSON.sub("people", words) if several else words for words in found]
    whom = _WHOM.search(document.text, start, end)  # "obese women" are not "people", if it is known who they are
    found = [_PEOPLE.sub(whom.group(), words) if whom else words for words in found]
    capital = document.text[start].isupper()
    return tuple(Suggestion(start, end, words[0].upper() + words[1:] if capital else words) for words in found)


_ADVICE = expression(r"[{(]|\.\.\.|^(?:say|describe|leave|rise in) ")
"""What a writer must fill in, or do, instead of writing it."""
_WHOM = expression(r"\b(?:women|men|children|girls|boys|adults|teenagers|mothers|workers|students|veterans)\b")
_PEOPLE = expression(r"^(?:people|person)\b")
_PERSON = expression(r"^(?:a )?person\b")
_HOW = {
    "substance": "labels the person",
    "judgement": "judges",
    "condition": "puts the condition before the person",
    "norm": "suggests that others are not normal",
    "group": "names people by their role in a study or by a risk",
    "blame": "judges the person",
}
"""What the words of an entry do, by its kind."""


def _is_adjective(document: Document, passage: Passage) -> bool:
    """Whether what could be a noun stands before another one: "the elderly" but "the elderly woman"."""
    at = words(document)
    following = passage.last + 1
    if not overlaps(document, "adjective-or-noun", passage) or not at.close(passage.last):
        return False
    return at.folded[following] not in _FOLLOWS_A_NOUN and not at.folded[following].endswith("ed")


def _plain(prefer: str) -> str:
    """The better words of the table as a sentence can hold them: "people with {condition}; have {condition}"."""
    return " or ".join(
        words if _ADVICE.match(words) and "{" not in words else f'"{words}"'
        for words in prefer.replace("{condition}", "...").replace("{outcome}", "it").split("; ")
    )
