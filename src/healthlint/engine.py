"""From sources to findings: which rules run, whose word counts where two speak, and reading files."""

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from healthlint import files
from healthlint.analysis.language import language
from healthlint.analysis.sentences import words
from healthlint.catalogue import Packs, ids, parameters, rules
from healthlint.config import Config, Option, Override
from healthlint.document import Document
from healthlint.findings import Findings
from healthlint.formats import parse
from healthlint.formats.contents import read
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Check, Hit, Rule, Setting, Severity
from healthlint.rule import Finding as Finding
from healthlint.text import Source, Span, Unreadable

if TYPE_CHECKING:
    from healthlint.suppressions import Note

ORDER = (
    *("SAFE-006", "SAFE-001", "SAFE-003", "HYPE-008", "HYPE-003", "HYPE-001", "HYPE-009", "HYPE-002"),
    *("EVID-002", "EVID-001", "EVID-012", "EVID-004", "CITE-004", "CITE-003", "CITE-002"),
)
"""Where two of these rules hit the same words, the first speaks."""
_RIVALS = (
    {"SAFE-006", "SAFE-001", "SAFE-003"},
    {"SAFE-001", "HYPE-008", "HYPE-003", "HYPE-001", "HYPE-009", "HYPE-002"},
    {"EVID-002", "EVID-001"},
    {"EVID-012", "EVID-004"},
    {"CITE-004", "CITE-003", "CITE-002"},
)


class Report(NamedTuple):
    """What was found in one file with the text `source`.

    Apart from the `findings` that count there are those that somebody lets stand (`suppressed`), those in the baseline
    (`known`), and those on lines that have not changed (`unchanged`).
    `problem` says why the file could not be linted, a failure of the run; `skipped` why it was left out. `unchecked`
    counts the words that are not linted, by reason. A `draft` is told what was found, but does not fail.
    """

    path: str
    source: Source | None = None
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    unchanged: tuple[Finding, ...] = ()
    words: int = 0
    unchecked: dict[str, int] = {}  # noqa: RUF012  never changed
    notices: tuple[str, ...] = ()
    problem: str = ""
    skipped: str = ""
    draft: bool = False


class Active(NamedTuple):
    """A rule that is on: its check with its options, and what the settings make of the severity of its findings."""

    rule: Rule
    check: Check
    severity: Severity | None = None
    ceiling: Severity = Severity.ERROR

    def weigh(self, hit: Hit) -> Severity:
        """The severity of a hit: the one that the settings give, else its own up to the ceiling of the profile."""
        return self.severity or min(Severity(hit.severity), self.ceiling)

    @property
    def level(self) -> Severity:
        """The severity of a finding of which nothing but its rule is known."""
        return self.severity or min(self.rule.severity, self.ceiling)


Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""A file or folder, or several."""


def lint(paths: Paths, config: Config = Config()) -> Iterator[Finding]:  # noqa: B008  immutable
    """All findings in files and folders, in order, but for suppressed ones. No configuration file is read.

    Raises OSError for a path that does not exist or a file that cannot be read, and ValueError for one that is neither
    UTF-8 text nor a sound Word file, or for settings that name no rule or mean nothing.
    """
    config = config.checked()
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    for found in files.find([os.fspath(path) for path in several], lambda path: config):
        if found.problem:
            raise OSError(f"{found.path} {found.problem}")
        if not found.skipped:
            try:
                yield from lint_bytes(found.path, content(found.path), config).findings
            except Unreadable as error:
                raise Unreadable(f"{found.path} {error}") from error


def lint_text(
    text: str,
    *,
    filename: str | os.PathLike[str] = "article.md",
    config: Config = Config(),  # noqa: B008
) -> list[Finding]:
    """The findings in a text but for suppressed ones; the file name tells the format in which it is read."""
    return list(lint_source(Source(os.fspath(filename), text), config.checked()).findings)


def lint_file(path: str, config: Config) -> Report:
    """Lint one file; whatever is wrong with it is told in the report."""
    try:
        return lint_bytes(path, content(path), config)
    except OSError as error:
        return Report(path, problem=f"cannot be read: {error.strerror}")
    except Unreadable as error:
        return Report(path, problem=str(error))


def content(path: str) -> bytes:
    """What is in a file. Raises OSError."""
    with open(path, "rb") as file:
        return file.read()


def lint_bytes(path: str, data: bytes, config: Config) -> Report:
    """Lint the content of a file. Raises Unreadable."""
    if not data.strip():
        return Report(path, skipped="empty")
    source = read(path, data)
    return Report(path, skipped="not text") if source is None else lint_source(source, config)


def lint_source(source: Source, config: Config) -> Report:
    """Lint a text that has been read already. A text in another language is skipped."""
    document = parse(source, config.front_matter)
    count = len(words(document))
    report = Report(source.path, source, unchecked=document.unchecked, notices=document.notices)
    if not count:
        return report._replace(skipped="no words to check")
    other = language(document)
    if other:
        unchecked = {**document.unchecked, "another language": count}
        return report._replace(skipped=f"not English (looks like {other})", unchecked=unchecked)
    draft = document.field("draft")
    is_draft = draft is not None and draft.value.strip().lower() in ("true", "yes", "on")
    live, suppressed = _findings(document, config)
    return report._replace(words=count, findings=live, suppressed=suppressed, draft=is_draft)


def lint_settings(config: Config, reports: Sequence[Report], *, whole: bool) -> Report:
    """What is wrong with the suppressions of a configuration file, after the files that it governs were linted.

    Only if they are the `whole` of what it governs, unused suppressions are told.
    """
    from healthlint import suppressions

    source = Source(config.path, content(config.path).decode("utf-8", "replace"))
    paths = [report.path for report in reports]
    on = [frozenset(active.rule.id for active in active_rules(config.steps(path), config.packs)) for path in paths]
    used = {f.suppressed.place for report in reports for f in report.suppressed if f.suppressed}
    everywhere = frozenset.intersection(*on) if whole and on else frozenset[str]()
    maker = Findings(source)
    by_id = {active.rule.id: active for active in active_rules(config.steps(config.path), config.packs)}
    notes = suppressions.judge_config(config, source.text, everywhere, used, paths)
    return Report(config.path, source, _sorted(_of_notes(maker, by_id, notes)))


@functools.lru_cache(maxsize=256)
def active_rules(steps: tuple[Override, ...], packs: Packs = ()) -> tuple[Active, ...]:
    """The rules that are on after the settings of some steps (see `Config.steps`). Raises catalogue.UnknownRule."""
    on, severities = _chosen(steps, packs)
    profile = _last(step.profile for step in steps)
    options: dict[str, dict[str, Option]] = {}
    for step in steps:
        for word, pairs in step.rules:
            for rule_id in ids(word, packs):
                options.setdefault(rule_id, {}).update(pairs)
    chosen = [rule for rule in rules(packs) if rule.id in on]
    active = (_active(rule, profile, severities.get(rule.id, ""), options.get(rule.id, {})) for rule in chosen)
    return tuple(rule for rule in active if rule is not None)


def _chosen(steps: Iterable[Override], packs: Packs) -> tuple[set[str], dict[str, str]]:
    """The ids of the rules that are on, and the severities that were given to rules."""
    chosen = {rule.id for rule in rules(packs)}
    levels: dict[str, str] = {}
    for step in steps:
        if step.select:
            chosen = {rule_id for word in step.select for rule_id in ids(word, packs)}
            levels = {rule_id: level for rule_id, level in levels.items() if level != "off" or rule_id not in chosen}
        chosen -= {rule_id for word in step.ignore for rule_id in ids(word, packs)}
        families_first = sorted(step.severities, key=lambda pair: -len(ids(pair[0], packs)))
        levels |= {rule_id: level for word, level in families_first for rule_id in ids(word, packs)}
    return {rule_id for rule_id in chosen if levels.get(rule_id) != "off"}, levels


def _active(rule: Rule, profile: str, level: str, options: dict[str, Option]) -> Active | None:
    unknown = options.keys() - parameters(rule).keys() if options else ()
    if unknown:
        raise ValueError(f"rule {rule.id} has no option '{min(unknown)}'")
    check = functools.partial(rule.check, **options) if options else rule.check
    if level:
        return Active(rule, check, Severity[level.upper()])
    ceiling = str(rule.profiles.get(profile, "error"))
    return None if ceiling == "off" else Active(rule, check, None, Severity[ceiling.upper()])


def _last(values: Iterable[str | None]) -> str:
    return [value for value in values if value][-1]


def _findings(document: Document, config: Config) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that count, and those that are suppressed."""
    steps = config.steps(document.source.path)
    setting = Setting(_last(s.profile for s in steps), _last(s.jurisdiction for s in steps), config.day)
    on = active_rules(steps, config.packs)
    hits = _one_voice([(active, hit) for active in on for hit in _hits(active, document, setting)])
    hits.sort(key=lambda pair: pair[1].start)
    maker = Findings(document.source)
    findings = _sorted(maker.of_hit(document, active.rule, active.weigh(hit), hit) for active, hit in hits)
    if config.disclaimer and document.source.is_on_disk:
        findings = _with_disclaimer(document, findings, on, setting, config.disclaimer)
    if not config.suppressions and not _is_instructed(document):
        return findings, ()
    from healthlint import suppressions

    by_id = {active.rule.id: active for active in on}
    judged = suppressions.judge(document, config, frozenset(by_id), findings)
    return _sorted([*judged.live, *_of_notes(maker, by_id, judged.notes)]), judged.suppressed


def _of_notes(maker: Findings, active: dict[str, Active], notes: "Iterable[Note]") -> Iterator[Finding]:
    for rule, start, end, fields, edits in notes:
        if rule in active:
            yield maker.of_note(active[rule].rule, active[rule].level, Span(start, end), fields, edits)


def _with_disclaimer(
    document: Document, findings: tuple[Finding, ...], on: Iterable[Active], setting: Setting, disclaimer: str
) -> tuple[Finding, ...]:
    """The findings; where the disclaimer is missed, with the suggestion to add it, if that is what it takes."""
    from healthlint.fixes import appended, applied

    found = [active for active in on if active.rule.id == "DISC-001"]
    if not found or all(finding.rule != "DISC-001" for finding in findings):
        return findings
    edit = appended(document.source.text, disclaimer, document.format)
    mended = parse(Source(document.source.path, applied(document.source.text, [edit])), document.own_keys)
    if list(found[0].check(mended, setting)):
        return findings
    return tuple(f._replace(suggestions=(edit,)) if f.rule == "DISC-001" else f for f in findings)


def _is_instructed(document: Document) -> bool:
    """Whether something in the document may be a suppression."""
    return any("healthlint" in comment.text.lower() for comment in document.comments) or any(
        field.key.startswith("healthlint") for field in document.fields
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.rule, finding.end)))


def _hits(active: Active, document: Document, setting: Setting) -> list[Hit]:
    try:
        return list(active.check(document, setting))
    except Exception as error:
        error.add_note(f"rule {active.rule.id}")
        raise


def _one_voice(hits: Sequence[tuple[Active, Hit]]) -> list[tuple[Active, Hit]]:
    """Where rivals hit the same words, only the first in `ORDER` speaks."""
    silent: set[int] = set()
    for group in _RIVALS:
        numbers = [number for number, (active, _) in enumerate(hits) if active.rule.id in group]
        rivals = sorted((hits[n][1].start, ORDER.index(hits[n][0].rule.id), hits[n][1].end, n) for n in numbers)
        silent.update(_outranked(rivals))
    return [pair for number, pair in enumerate(hits) if number not in silent]


def _outranked(rivals: list[tuple[int, int, int, int]]) -> Iterator[int]:
    """The numbers of those `(start, rank, end, number)` that overlap one of a lower rank; sorted, in two sweeps."""
    reached: dict[int, int] = {}
    for start, rank, end, number in rivals:
        if any(other < rank and place > start for other, place in reached.items()):
            yield number
        reached[rank] = max(end, reached.get(rank, 0))
    begun: dict[int, int] = {}
    for start, rank, end, number in reversed(rivals):
        if any(other < rank and place < end for other, place in begun.items()):
            yield number
        begun[rank] = start
