"""The articles of the report: their text with the findings marked in place, and what there is to say beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from healthlint.analysis.segments import Segment, segments
from healthlint.document import Document, Kind
from healthlint.engine import Finding, Report
from healthlint.formats import parse
from healthlint.namedtuples import NamedTuple
from healthlint.report import verdicts
from healthlint.report.format import Run
from healthlint.report.page.grades import Section, article_grade, sections_of
from healthlint.report.page.marks import Marked, marked_blocks
from healthlint.report.page.markup import SEVERITIES, SEVERITY_WORDS, anchor, bar, counted, flat, spaced, table, words
from healthlint.rule import Rule, Suggestion

EASY, HARD = 8, 12
"""Reading grades up to which a text suits the public, and from which it is hard (see docs/readability.md)."""
_SCALE = 20
_LABELS = {
    Kind.TITLE: "Title of the page",
    Kind.LEAD: "Description of the page",
    Kind.CAPTION: "Picture",
    Kind.FOOTNOTE: "Footnote",
    Kind.FURNITURE: "Page furniture",
    Kind.CELL: "Table cell",
}


class Article(NamedTuple):
    """A file that was checked, with what the report shows of it; findings are numbered from `first`."""

    id: str
    report: Report
    document: Document
    findings: tuple[Finding, ...]
    first: int
    blocks: list[Marked]
    grade: float | None
    sections: list[Section]

    @property
    def severities(self) -> Counter[str]:
        """The findings by severity."""
        return Counter(finding.severity for finding in self.findings)


def articles(run: Run) -> list[Article]:
    """The articles of a run in its order."""
    found: list[Article] = []
    first = 1
    for report in run.checked:
        if report.source is not None:
            document, findings = parse(report.source), verdicts.counted(report)
            shown = marked_blocks(document, findings), article_grade(document), sections_of(document)
            found.append(Article(f"article-{len(found) + 1}", report, document, findings, first, *shown))
            first += len(findings)
    return found


def severity_counts(severities: Counter[str]) -> str:
    """How many findings of each severity, in words."""
    return ", ".join(counted(severities[level], SEVERITY_WORDS[level].lower()) for level in SEVERITIES)


def grade_words(grade: float | None) -> str:
    """A reading grade, or why there is none."""
    return "too short" if grade is None else f"{grade:.1f}"


def sections(articles: Iterable[Article], rules: Iterable[Rule]) -> Iterator[str]:
    """The articles as HTML."""
    reasons = {rule.id: rule.why for rule in rules}
    for article in articles:
        yield f'<section class="article" id="{article.id}" aria-labelledby="{article.id}-title">'
        yield f'<h2 id="{article.id}-title">{words(article.report.path)}</h2>'
        yield from _head(article)
        yield from _whole(article, reasons)
        yield from _text(article, reasons)
        yield "</section>"


def _head(article: Article) -> Iterator[str]:
    draft = "Draft. " if article.report.draft else ""
    size = f"{draft}{counted(article.report.words, 'word')}; {severity_counts(article.severities)}."
    yield f'<p>{size} <a href="#by-article">All articles</a></p>'
    for notice in article.report.notices:
        yield f"<p>{words(notice)}</p>"
    if any(section.grade is not None for section in article.sections):
        yield _readability(article)


def _readability(article: Article) -> str:
    """The reading grade of each section as a small picture."""
    whole = "" if article.grade is None else f": grade {article.grade:.1f}"
    caption = f"Readability{whole}. The lines stand at grade {EASY}, which suits the public, and {HARD}, which is hard."
    rows = [
        (
            flat(section.name) if section.name else "(before the first heading)",
            [section.words, grade_words(section.grade)],
            bar([("grade", section.grade or 0)], _SCALE, (EASY, HARD)),
        )
        for section in article.sections
    ]
    return table(f"{article.id}-grades", ["Section", "Words", "Grade"], rows, caption)


def _whole(article: Article, reasons: dict[str, str]) -> Iterator[str]:
    """The findings about the article as a whole, and those whose words are not shown below."""
    shown = {one for block in article.blocks for one in block.begin}
    notes = [
        _note(article, one, reasons, one in shown)
        for one, finding in enumerate(article.findings)
        if finding.document or one not in shown
    ]
    if notes:
        yield f'<div class="whole"><h3>About the article as a whole</h3><div class="notes">{"".join(notes)}</div></div>'


def _text(article: Article, reasons: dict[str, str]) -> Iterator[str]:
    """The blocks of the article, each with its notes beside it."""
    yield '<div class="text">'
    keys = {field.start: field.key for field in article.document.fields}
    for marked, element in zip(article.blocks, _elements(article.document), strict=True):
        own = [one for one in marked.begin if not article.findings[one].document]
        notes = "".join(_note(article, one, reasons, True) for one in own)
        label = _LABELS.get(marked.block.kind) or keys.get(marked.block.start, "")
        text = _block(marked, element, label, _marked(article, marked))
        beside = f'<div class="notes">{notes}</div>' if notes else ""
        yield f'<div class="row">{text}{beside}</div>'
    yield "</div>"


def _block(marked: Marked, element: str, label: str, content: str) -> str:
    shown = f'<span class="label">{words(label)}</span> ' if label else ""
    style = anchor("block", marked.block.kind.value)
    return f'<{element} class="{style}" dir="auto">{shown}{content}</{element}>'


def _elements(document: Document) -> Iterator[str]:
    """The element for each block. A heading is at most one level below the last, whatever the article does."""
    last = 2
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind in (Segment.TITLE, Segment.HEADING):
            level = block.level if kind is Segment.HEADING else 1
            last = min(max(level, 1) + 2, last + 1, 6)
            yield f"h{last}"
        else:
            yield "blockquote" if block.kind is Kind.QUOTE else "p"


def _marked(article: Article, marked: Marked) -> str:
    """The words of a block; around those of a finding a mark, the most severe innermost, and its number behind."""
    parts: list[str] = []
    begun: set[int] = set()
    for text, numbers, ending in marked.parts:
        html = words(text)
        for one in sorted(numbers, key=lambda one: (SEVERITIES.index(article.findings[one].severity), one)):
            place = f' id="mark-{article.first + one}"' if one in marked.begin and one not in begun else ""
            begun.add(one)
            html = f'<mark class="{_classes(article.findings[one])}"{place}>{html}</mark>'
        parts.append(html + "".join(_reference(article, one) for one in ending))
    return "".join(parts)


def _reference(article: Article, one: int) -> str:
    finding, shown = article.findings[one], article.first + one
    label = f"Finding {shown}, {SEVERITY_WORDS[finding.severity].lower()}"
    return f'<a class="ref {_classes(finding)}" href="#note-{shown}" aria-label="{label}">{shown}</a>'


def _classes(finding: Finding) -> str:
    return " ".join(
        [
            *(["document"] if finding.document else []),
            finding.severity,
            anchor("s", finding.severity),
            anchor("f", finding.family),
            anchor("r", finding.rule),
        ]
    )


def _note(article: Article, one: int, reasons: dict[str, str], is_shown: bool) -> str:
    """What a finding says: where, what, how to rewrite, and why it matters."""
    finding, shown = article.findings[one], article.first + one
    name = f'<a class="number" href="#mark-{shown}">{shown}</a>' if is_shown else f'<span class="number">{shown}</span>'
    rule = words(f"{finding.rule} {spaced(finding.name)}")
    rule = f'<a href="#{anchor("rule", finding.rule)}">{rule}</a>' if finding.rule in reasons else rule
    lines = [
        f'<p class="head">{name} <span class="severity {finding.severity}">{SEVERITY_WORDS[finding.severity]}</span> '
        f'{rule} <span class="muted">{finding.unit} {finding.line}</span></p>',
        f"<p>{words(finding.message)}</p><p><b>Rewrite:</b> {words(finding.help)}</p>",
        *(_instead(suggestion) for suggestion in verdicts.suggestions(finding)),
        *(
            f"<p>“{flat(place.text)}” ({finding.unit} {place.line}): {words(place.note)}</p>"
            for place in finding.related
        ),
    ]
    if finding.rule in reasons:
        lines.append(f"<details><summary>Why it matters</summary><p>{words(reasons[finding.rule])}</p></details>")
    return f'<div class="note {_classes(finding)}" id="note-{shown}">{"".join(lines)}</div>'


def _instead(suggestion: Suggestion) -> str:
    words_ = f"<ins>{flat(suggestion.text)}</ins>" if suggestion.text.strip() else "nothing"
    return f"<p><b>Instead:</b> {words_}</p>"
