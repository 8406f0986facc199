"""`healthlint test PACK...`: run the examples of rule packs, and tell which phrases no example touches."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from healthlint import catalogue, examples, packs, prepared, wordsets
from healthlint.analysis.sentences import words
from healthlint.checks import CHECKS
from healthlint.cli.arguments import UsageError
from healthlint.cli.options import configs, test_parser
from healthlint.document import Document
from healthlint.namedtuples import NamedTuple
from healthlint.packfile import phrase_texts
from healthlint.packs import Pack, UnknownPack
from healthlint.phrases import Phrases
from healthlint.report.text import escaped
from healthlint.rule import Example, Rule
from healthlint.strict import Mistake
from healthlint.text import Span


class _Failure(NamedTuple):
    """An example that went wrong in some formats in the same way: what is wrong, and what to show of it."""

    line: int
    what: str
    shown: tuple[str, ...]
    forms: tuple[str, ...] = ()


class _Phrase(NamedTuple):
    """A phrase of a rule: under which key it stands and where, its text, and that with the keys of own word sets."""

    path: str
    line: int
    key: str
    text: str
    compiled: str


class _Tally(NamedTuple):
    """Counts over one rule or many: runs of examples, those that went wrong, phrases, and those that were touched."""

    runs: int = 0
    wrong: int = 0
    phrases: int = 0
    touched: int = 0

    def plus(self, other: _Tally) -> _Tally:
        return _Tally(*map(sum, zip(self, other, strict=True)))


def main(words: list[str]) -> int:
    """Print what came of the examples of each pack: status 1 if one went wrong, 2 if a pack cannot be read."""
    options = test_parser().parse(words)
    names = options.packs or configs(options)("article.md").packs
    if not names:
        raise UsageError("name a pack to test, for example 'healthlint test packs/house.yaml'")
    total, status, rules = _Tally(), 0, 0
    for name in names:
        try:
            pack = _located(name)
            loaded = _loaded(pack)
        except (UnknownPack, Mistake, OSError) as error:
            print(f"healthlint: {error}", file=sys.stderr)
            status = 2
            continue
        phrases = _phrases(pack)
        for rule in loaded:
            total = total.plus(_told(rule, phrases.get(rule.id, [])))
        rules += len(loaded)
    if rules:
        print(_closing(rules, total), file=sys.stderr)
    return status or int(total.wrong > 0)


def _located(name: str) -> Pack:
    """The pack; here a folder needs no slash, and the files of healthlint's own rules are packs, too."""
    pack = packs.locate(os.path.join(name, "") if os.path.exists(name) and not packs.is_path(name) else name)
    return pack._replace(checks=CHECKS, tables=()) if _is_own(pack) else pack


def _is_own(pack: Pack) -> bool:
    return pack.files[0].resolve().parent == prepared.rules_folder().resolve()


def _loaded(pack: Pack) -> tuple[Rule, ...]:
    taken = {} if _is_own(pack) else {word: "" for rule in catalogue.rules() for word in (rule.id, rule.name)}
    return packs.load_pack(pack, taken)[0]


def _told(rule: Rule, phrases: list[_Phrase]) -> _Tally:
    """Print what came of the examples of a rule."""
    untouched = list(_untouched(rule, phrases))
    failures = list(_folded(failure for example in rule.examples for failure in _failures(rule, example)))
    runs = sum(len(example.formats) for example in rule.examples)
    wrong = sum(len(failure.forms) for failure in failures)
    came = f"{wrong} of {runs} runs went wrong" if wrong else f"{runs} runs of examples, all as expected"
    tally = _Tally(runs, wrong, len(phrases), len(phrases) - len(untouched))
    covered = f"; {tally.touched} of {tally.phrases} phrases touched" if phrases else ""
    print(f"{rule.id} {rule.name}: {came}{covered}")
    for failure in failures:
        print(f"  {escaped(rule.pack)}:{failure.line}: {failure.what} ({', '.join(failure.forms)})")
        for line in failure.shown:
            print(f"      {line}".rstrip())
    for line in untouched:
        print(f"  {line}")
    return tally


def _folded(failures: Iterable[_Failure]) -> Iterator[_Failure]:
    by_text: dict[_Failure, tuple[str, ...]] = {}
    for failure in failures:
        key = failure._replace(forms=())
        by_text[key] = by_text.get(key, ()) + failure.forms
    return (failure._replace(forms=forms) for failure, forms in by_text.items())


def _failures(rule: Rule, example: Example) -> Iterator[_Failure]:
    for form in example.formats:
        try:
            done = examples.outcome(rule, example, form)
        except Exception as error:  # checks of installed packs are the code of others
            yield _Failure(example.line, f"{type(error).__name__}: {error}", (), (form,))
            continue
        if not done.is_right:
            shown = _labelled("found:    ", examples.marked(done.text, done.found))
            if done.expected:
                shown = [*_labelled("expected: ", examples.marked(done.text, done.expected)), *shown]
            reasons = [] if done.found else list(examples.why_silent(rule, example, form))
            what = f"{_what(done)}: {', and '.join(reasons)}" if reasons else _what(done)
            yield _Failure(example.line, what, tuple(shown), (form,))


def _what(done: examples.Outcome) -> str:
    if not done.expected:
        return "this example must stay silent"
    return "other words were reported than those that are marked" if done.found else "nothing was reported"


def _labelled(label: str, text: str) -> list[str]:
    lines = escaped(text.rstrip("\n")).split("\n")
    return [f"{label if number == 0 else ' ' * len(label)}{line}".rstrip() for number, line in enumerate(lines)]


def _phrases(pack: Pack) -> dict[str, list[_Phrase]]:
    """The phrases of each rule, each once."""
    keys = {one.name: one.key for one in wordsets.read(pack.tables)}
    by_rule: dict[str, dict[_Phrase, None]] = {}
    for path in pack.files:
        for rule_id, key, text, phrase in phrase_texts(path, keys):
            found = _Phrase(str(path), text.line, key, text.text(), phrase)
            by_rule.setdefault(rule_id, {})[found] = None
    return {rule_id: sorted(found, key=lambda one: one.line) for rule_id, found in by_rule.items()}


def _untouched(rule: Rule, phrases: Iterable[_Phrase]) -> Iterator[str]:
    """A line for each phrase that no example touches: where it is marked, or for `unless` where it stays silent."""
    read = [(example.fires, *examples.read(example, (*example.formats, "md")[0])) for example in rule.examples]
    for phrase in phrases:
        looked_for, excuse = Phrases.of([phrase.compiled]), phrase.key == "unless"
        if not any(
            _touches(looked_for, document, marks if phrase.key == "phrases" else None)
            for fires, document, marks in read
            if fires is not excuse
        ):
            kind = "silent example" if excuse else "example that fires"
            yield escaped(f"{phrase.path}:{phrase.line}: no {kind} touches '{phrase.text}'")


def _touches(phrases: Phrases, document: Document, marks: Iterable[Span] | None) -> bool:
    """Whether one of the phrases stands in the document, inside of one of the marks if there are any."""
    at = words(document)
    found = [document.prose.span(at.starts[match.first], at.ends[match.last]) for match in phrases.find(at)]
    return bool(found) if marks is None else any(m.start < f.end and f.start < m.end for f in found for m in marks)


def _closing(rules: int, total: _Tally) -> str:
    came = f"{total.wrong} of {total.runs} runs went wrong" if total.wrong else f"{total.runs} runs, all as expected"
    counted = "1 rule" if rules == 1 else f"{rules} rules"
    covered = f"; examples touch {total.touched} of {total.phrases} phrases" if total.phrases else ""
    return f"{counted}: {came}{covered}."
