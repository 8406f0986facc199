"""The first page of the report: what was checked, what was found, where, and how hard the texts are to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from healthlint.report.format import Run
from healthlint.report.page.article import Article, grade_words, severity_counts
from healthlint.report.page.markup import (
    SEVERITIES,
    SEVERITY_WORDS,
    anchor,
    bar,
    counted,
    spaced,
    table,
    words,
)

GRADES = ((0, 6), (6, 8), (8, 10), (10, 12), (12, 99))
"""Reading grades that are counted together: above the first, up to the second."""
_MEANINGS = {"error": "must be mended before publication", "warning": "should be mended", "info": "worth a look"}


def summary(run: Run, articles: list[Article]) -> Iterator[str]:
    """The summary as HTML."""
    yield "<header><h1>Health article check</h1>"
    yield f"<p>{_sentence(articles)}</p>"
    yield f'<p class="muted">healthlint {words(run.version)}, checked as of {words(run.as_of)}.</p></header>'
    yield from _legend()
    yield from _by_article(articles)
    yield from _by_grade(articles)
    yield from _by_rule(articles)
    yield from _unchecked(run)


def _sentence(articles: list[Article]) -> str:
    total_words = sum(article.report.words for article in articles)
    checked = f"{counted(len(articles), 'article')}, {counted(total_words, 'word')} checked."
    total = Counter(finding.severity for article in articles for finding in article.findings)
    if not total:
        return f"{checked} Nothing was found."
    with_errors = sum(article.severities["error"] > 0 for article in articles)
    verdict = (
        f"{with_errors} of them have errors"
        if with_errors > 1
        else f"{['None', 'One'][with_errors]} of them has errors"
    )
    return f"{checked} <strong>{verdict}</strong>: {severity_counts(total)}."


def _legend() -> Iterator[str]:
    yield '<svg class="patterns" aria-hidden="true" focusable="false" width="0" height="0"><defs>'
    yield '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    yield '<rect class="ground" width="5" height="5"/><rect class="stroke" width="2.5" height="5"/></pattern>'
    yield "</defs></svg>"
    items = ""
    for level, meaning in _MEANINGS.items():
        name = f'<span class="severity {level}">{SEVERITY_WORDS[level]}</span>'
        items += f"<li>{bar([(level, 1)], 1, width=24)}{name} {meaning}</li>"
    yield f'<ul class="legend" aria-label="What the colours and patterns mean">{items}</ul>'


def _by_article(articles: list[Article]) -> Iterator[str]:
    """A table of the articles, the most severe findings first."""
    most = max((len(article.findings) for article in articles), default=0)
    ordered = sorted(articles, key=lambda article: [-article.severities[level] for level in SEVERITIES])
    heads = ["Article", *(f"{SEVERITY_WORDS[level]}s" for level in SEVERITIES), "Reading grade"]
    rows = []
    for article in ordered:
        name = f'<a href="#{article.id}">{words(article.report.path)}</a>{" (draft)" if article.report.draft else ""}'
        counts = [article.severities[level] for level in SEVERITIES]
        picture = bar(list(zip(SEVERITIES, counts, strict=True)), most)
        rows.append((name, [*counts, grade_words(article.grade)], picture))
    yield from _section("by-article", "By article", table("by-article", heads, rows))


def _by_rule(articles: list[Article]) -> Iterator[str]:
    """A table of the rules that found something, the most frequent first."""
    found = [finding for article in articles for finding in article.findings]
    if not found:
        return
    names = {finding.rule: finding.name for finding in found}
    kinds = Counter((finding.rule, finding.severity) for finding in found)
    counts = Counter(finding.rule for finding in found)
    most = max(counts.values())
    rows = []
    for rule, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        name = f'<a href="#{anchor("rule", rule)}">{words(rule)}</a> {words(spaced(names[rule]))}'
        rows.append((name, [count], bar([(level, kinds[rule, level]) for level in SEVERITIES], most)))
    yield from _section("by-rule", "By rule", table("by-rule", ["Rule", "Findings"], rows))


def _by_grade(articles: list[Article]) -> Iterator[str]:
    """How many articles are how hard to read."""
    graded = [article.grade for article in articles if article.grade is not None]
    counts = {_range(low, high): sum(low < max(grade, 0.1) <= high for grade in graded) for low, high in GRADES}
    counts["too short to grade"] = len(articles) - len(graded)
    most = max(counts.values())
    rows = [(name, [count], bar([("grade", count)], most)) for name, count in counts.items()]
    what = "<p>The school grade (US) that a reader needs, after Flesch and Kincaid. Up to 8 suits the public.</p>"
    yield from _section("by-grade", "By reading grade", what + table("by-grade", ["Grade", "Articles"], rows))


def _section(name: str, heading: str, content: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>{content}</section>'


def _range(low: int, high: int) -> str:
    if not low:
        return f"up to {high}"
    return f"above {low}" if high == GRADES[-1][1] else f"above {low}, up to {high}"


def _unchecked(run: Run) -> Iterator[str]:
    left_out = [(report.path, report.problem or report.skipped) for report in run.reports]
    items = [f"<li>{words(path)}: {words(reason)}</li>" for path, reason in left_out if reason]
    items += [f"<li>{counted(count, 'word')}: {words(reason)}</li>" for reason, count in run.unchecked.items()]
    if items:
        yield from _section("unchecked", "Not checked", f"<ul>{''.join(items)}</ul>")
