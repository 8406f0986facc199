"""The HTML report: one file for people who do not read terminals, with a summary, the articles and the rules.

It needs no network and no scripts; its policy forbids both, so that nothing an article says can ever run. Text goes in
through `markup.words`, and only through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from healthlint.report.format import Format, Run, Style
from healthlint.report.page import article, summary
from healthlint.report.page.filters import filters
from healthlint.report.page.markup import anchor, spaced, words
from healthlint.rule import Rule

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _as_page(run: Run, style: Style) -> str:
    articles = article.articles(run)
    used = {finding.rule for one in articles for finding in one.findings}
    rules = [rule for rule in run.rules if rule.id in used]
    sheet, choices = filters(articles, rules)
    body = "\n".join([*summary.summary(run, articles), *choices, *article.sections(articles, rules), *_rules(rules)])
    return _PAGE.format(policy=_POLICY, style=_sheet() + sheet, date=words(run.as_of), body=body)


def _sheet() -> str:
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def _rules(rules: list[Rule]) -> Iterator[str]:
    """Why the rules that found something are there, and where they come from."""
    if not rules:
        return
    yield '<section id="rules" aria-labelledby="rules-title"><h2 id="rules-title">The rules behind the findings</h2>'
    for rule in rules:
        name = words(f"{rule.id} {spaced(rule.name)}")
        yield f'<article class="rule" id="{anchor("rule", rule.id)}"><h3>{name}</h3>'
        yield f"<p>{words(rule.why)}</p><p><b>Rewrite:</b> {words(rule.help)}</p>"
        yield f"<p>Expected share of fair findings: {words(rule.trust)}. Sources:</p><ul>"
        yield from (f"<li>{words(source)}</li>" for source in rule.sources)
        yield "</ul></article>"
    yield "</section>"


_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Health article check, {date}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<main id="content">
{body}
</main>
</body>
</html>
"""

FORMAT = Format(end=_as_page)
