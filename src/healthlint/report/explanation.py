"""What there is to know about a rule, for writers: in a terminal and as Markdown, from one list of sections."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from healthlint.analysis.segments import Segment
from healthlint.catalogue import parameters
from healthlint.namedtuples import NamedTuple
from healthlint.patterns import Group, PhraseCheck
from healthlint.rule import Example, Rule, Severity

GUARDS = {
    "negated": 'the sentence denies it ("this is not a miracle cure")',
    "needed": 'it names what is still to be shown ("trials are needed to show whether it works")',
    "distanced": 'the text keeps its distance from the words ("so-called", "the popular notion of")',
    "hedged": 'the sentence is hedged (may, might, could; "can" is no hedge, readers take it for a promise)',
    "quoted": "it stands inside quotation marks",
    "technical": 'it belongs to a technical term ("breakthrough pain", "gold-standard test")',
    "cited": "a source is given with the sentence",
    "counted": "the sentence gives a number",
    "near-cited": "a source is given in the sentence, right beside it or at the end of the paragraph",
    "credited": "the sentence says which person says so",
    "named-group": "the words are part of the name of a group",
    "own-study": "the text itself reports the study and names it",
    "refuted": "the next sentence says that it is not so",
    "paragraph-cited": "a source is given in the paragraph",
    "attributed": 'the text says whose finding it is ("the researchers in Oxford observed")',
    "asked": "it stands in a question",
    "compared": "the other side of the comparison stands near",
    "doubted": "their beginning stands in quotation marks that show doubt",
    "closing": "they stand in what an organisation says of itself below the article",
    "debunked": "the article mostly denies it",
    "answered": "it is a question that the next sentences answer with a limitation",
    "studied": "a study, its design, its size or a percentage stands in the sentence or in one beside it",
    "defined": "it is explained where it stands",
}
"""The guards of `analysis.guards` in the words of a writer: reasons to stay silent, or to speak more softly."""

TRUST = {
    "high": "at least 85 of 100 findings are expected to be fair",
    "medium": "65 to 85 of 100 findings are expected to be fair; weigh each one",
    "low": "fewer than 65 of 100 findings are expected to be fair; take them as questions",
}
_WHERE = {
    "title": "in the title",
    "heading": "in a heading",
    "lead": "in the opening paragraph",
    "body": "elsewhere in the text",
    "stacked": "with another one in the sentence, or two in the paragraph",
}
_PLACE = {Segment.TITLE: "title", Segment.HEADING: "heading", Segment.LEAD: "lead"}
_ALLOW = ("In Markdown and HTML, put this above the paragraph that may stay as it is:",)
_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a word", type(None): "null"}


class Section(NamedTuple):
    """A part of an explanation: paragraphs, bullet points, examples with marks, and lines of code, in this order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    code: tuple[str, ...] = ()


def sections(rule: Rule) -> list[Section]:
    """What there is to know about a rule, in the order in which a writer asks."""
    parts = [
        Section("Why", (rule.why,)),
        Section("How to rewrite", (rule.help,)),
        Section("What is flagged", _decision(rule), examples=_examples(rule, fires=True)),
        Section("What is not flagged", examples=_examples(rule, fires=False)),
        Section("When it stays silent", points=_guards(rule, "guards")),
        Section("When it speaks more softly", points=(*_guards(rule, "softeners"), *_sheltered(rule))),
        Section("Severity", points=(*_severities(rule), *_profiles(rule))),
        Section("Trust", (f"{rule.trust.capitalize()}: {TRUST[rule.trust]}.",)),
        Section("Options", points=_options(rule), code=_option_lines(rule)),
        Section("To switch it off", code=_switches(rule)),
        Section("To allow one place", _ALLOW, code=(f"<!-- healthlint: allow {rule.id} -- why it is right here -->",)),
        Section("Sources", points=rule.sources),
    ]
    return [part for part in parts if any(part[1:])]


FEW = 5
"""So many examples of each kind say enough to somebody who asks at a terminal."""


def as_text(rule: Rule, width: int = 80, colour: bool = False, most: int = FEW) -> str:
    """The explanation for a terminal that is `width` columns wide, with at most so many examples of each kind."""
    lines = [_bold(f"{rule.id} {rule.name}", colour), _standing(rule)]
    for section in sections(rule):
        lines += ["", _bold(section.heading, colour)]
        lines += [line for text in section.paragraphs for line in _wrapped(text, width)]
        lines += [line for text in section.points for line in _wrapped(text, width, "- ")]
        lines += [line for example in _spread(section.examples, most) for line in _shown(example.text, width, colour)]
        if len(section.examples) > most:
            lines += ["", f"  ({len(section.examples) - most} more with --verbose)"]
        lines += [f"      {line}".rstrip() for line in section.code]
    return "\n".join(lines) + "\n"


def _spread(examples: tuple[Example, ...], most: int) -> tuple[Example, ...]:
    """At most so many, from all over the list: neighbours in it are often alike."""
    step = len(examples) / most
    return examples if step <= 1 else tuple(examples[int(place * step)] for place in range(most))


def as_markdown(rule: Rule) -> str:
    """The explanation as a Markdown page; the words that are flagged are bold."""
    lines = [f"# {rule.id} {rule.name}", "", f"*{_standing(rule)}*"]
    for section in sections(rule):
        lines += ["", f"## {section.heading}"]
        for text in section.paragraphs:
            lines += ["", _linked(_escaped(" ".join(text.split())))]
        points = [_linked(_escaped(" ".join(text.split()))) for text in section.points]
        points += [_marked(example.text) for example in section.examples]
        lines += ["", *(f"- {point}" for point in points)] if points else []
        lines += ["", "```", *section.code, "```"] if section.code else []
    return "\n".join(lines) + "\n"


def _standing(rule: Rule) -> str:
    pack = f", from {rule.pack}" if rule.pack else ""
    return f"{rule.severity.label} at most, trust {rule.trust}{pack}"


def _decision(rule: Rule) -> tuple[str, ...]:
    """What the check says of itself; phrases speak through their examples."""
    if _groups(rule):
        return ()
    text = inspect.cleandoc(rule.check.__doc__ or "")
    first = text.partition("\n\n")[0].replace("\n", " ").replace("`", "").removeprefix(f"{rule.id}: ")
    return (first[:1].upper() + first[1:],) if first else ()


def _examples(rule: Rule, fires: bool) -> tuple[Example, ...]:
    return tuple(example for example in rule.examples if example.fires is fires)


def _guards(rule: Rule, key: str) -> tuple[str, ...]:
    """The guards in plain words, each said once; those that hold for some of the phrases only are marked so."""
    groups: list[tuple[str, ...]] = [getattr(group, key) for group in _groups(rule)]
    names = dict.fromkeys(name for group in groups for name in group)
    return tuple(
        GUARDS[name] + ("" if all(name in group for group in groups) else " (some of the phrases)") for name in names
    )


def _sheltered(rule: Rule) -> tuple[str, ...]:
    return ("it stands inside quotation marks, and not in the title: then it is an info",) if _groups(rule) else ()


def _severities(rule: Rule) -> tuple[str, ...]:
    levels: dict[str, set[Severity]] = {}
    for group in _groups(rule):
        places = {_PLACE.get(segment, "body") for segment in group.places}
        for place in (*places, *({"stacked"} & group.severity.keys())):
            level = group.severity.get(place, group.severity.get("body", Severity.INFO))
            levels.setdefault(place, set()).add(level)
    if not levels:
        return (f"{rule.severity.label} at most",)
    if len(levels) > 1 and len({frozenset(found) for found in levels.values()}) == 1:
        return (f"{_range(levels['body'])} everywhere",)
    return tuple(f"{_WHERE[place]}: {_range(levels[place])}" for place in _WHERE if place in levels)


def _range(levels: set[Severity]) -> str:
    return " or ".join(level.label for level in sorted(levels, reverse=True))


def _profiles(rule: Rule) -> tuple[str, ...]:
    told = {"off": "off"}
    return tuple(
        f"for the profile {profile}: {told.get(level, f'{level} at most')}" for profile, level in rule.profiles.items()
    )


def _options(rule: Rule) -> tuple[str, ...]:
    keywords = inspect.signature(rule.check).parameters
    return tuple(
        f"{name}: {_kind(kind)}; without it {_default(keywords[name].default)}"
        for name, kind in parameters(rule).items()
    )


def _kind(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(str(value) for value in get_args(kind))
    if get_origin(kind) is tuple:
        return f"a list, each {_kind(get_args(kind)[0])}"
    return _KINDS.get(kind) or " or ".join(_kind(part) for part in get_args(kind)) or str(kind)


def _default(value: Any) -> str:
    if value is None:
        return "what suits the profile"
    return (", ".join(map(str, value)) or "none") if isinstance(value, tuple) else str(value)


def _option_lines(rule: Rule) -> tuple[str, ...]:
    keywords = inspect.signature(rule.check).parameters
    given = [f"{name}: {_yaml(keywords[name].default)}" for name in parameters(rule)]
    return ("# healthlint.yaml", "rules:", f"  {rule.id}: {{{', '.join(given)}}}") if given else ()


def _yaml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    return {None: "null", True: "true", False: "false"}.get(value, str(value)) if not isinstance(value, str) else value


def _switches(rule: Rule) -> tuple[str, ...]:
    return (
        "# healthlint.yaml, for all articles",
        f"severities: {{{rule.id}: off}}",
        "# for some of them",
        "overrides:",
        f'  - {{files: ["news/**"], ignore: [{rule.id}]}}',
    )


def _groups(rule: Rule) -> tuple[Group, ...]:
    """The groups of phrases of a rule; none for a rule in Python."""
    return rule.check.groups if isinstance(rule.check, PhraseCheck) else ()


_MARK = re.compile("<<(.*?)>>", re.DOTALL)
_LONG = 200
_DOI = re.compile(r"\bdoi:(10\.\d{4,9}/[^\s,;]+)")


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text


def _wrapped(text: str, width: int, bullet: str = "") -> list[str]:
    indent = "  " + bullet
    following = " " * len(indent)
    text = " ".join(text.split())
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=following, break_on_hyphens=False)


def _shown(text: str, width: int, colour: bool) -> Iterator[str]:
    """An example in a terminal: the marks stay, and the marked words are underlined where there is colour."""
    for number, line in enumerate(_lines(text)):
        for part in _wrapped(line, width, "  " if number else "- "):
            yield _MARK.sub(lambda m: f"<<\x1b[4m{m.group(1)}\x1b[0m>>", part) if colour else part


def _lines(text: str) -> list[str]:
    """The lines of an example that are not empty; what comes long after the last mark is left out."""
    text = text.strip()
    end = max(text.rfind(">>"), _LONG)
    kept = text if len(text) <= end + _LONG else text[: text.index(" ", end)] + " ..."
    return [line for line in kept.splitlines() if line.strip()]


def _marked(text: str) -> str:
    escaped = (_escaped(part) for part in _MARK.split("\n".join(_lines(text))))
    marked = "".join(f"**{part}**" if number % 2 else part for number, part in enumerate(escaped))
    return marked.replace("\n", "<br>")


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def _linked(text: str) -> str:
    return _DOI.sub(r"[doi:\1](https://doi.org/\1)", text)
