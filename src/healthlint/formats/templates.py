"""Templates among the prose: Liquid, Jinja, shortcodes, attribute lists, admonition fences, formulas."""

from __future__ import annotations

import re

from healthlint.builder import Builder
from healthlint.expressions import expression
from healthlint.formats.cuts import CODE, DIRECTIVE, Cut, Scanner

_TAG = (
    r"(?P<tag>\{%[-+]?\s*(?P<name>\w*)(?:[^%{\n]|%(?!\})|\{(?!%)|\n(?![ \t]*\r?\n))*+%\})"
    r"|(?P<output>\{\{(?P<shortcode>[<%]?\s*\w*)(?:[^{}\n]|\}(?!\})|\{(?!\{)|\n(?![ \t]*\r?\n))*+\}\})"
)
_ATTRIBUTES = r"\{[:#.][^{}\n]*+\}|\[\[(?:toc|TOC)\]\](?!\()|\[(?:toc|TOC)\](?![(\[:])"
_FORMULA = (
    r"\$\$(?:[^$\n]|\n(?![ \t]*\r?\n))++\$\$"
    r"|\$(?<![\w$\\]\$)(?=[^\s$])(?=[^$\n]{0,200}[\\^_{])[^$\n]{1,200}(?<![\s\\])\$(?![\w$])"
)
_IN_HTML = expression(_TAG)
_IN_MARKDOWN = expression(f"{_TAG}|{CODE}|{DIRECTIVE}|{_ATTRIBUTES}|{_FORMULA}")
_VERBATIM = frozenset(("raw", "comment", "highlight", "verbatim", "mermaid", "math"))


def cuts(builder: Builder, text: str, *, markdown: bool) -> list[Cut]:
    """What is to be cut out of the text, in order; what it is, is counted as unchecked."""
    signs = ("{", ":::", "[toc]", "[TOC]", "$") if markdown else ("{",)
    if not any(sign in text for sign in signs):
        return []
    scanner = Scanner(text)
    pattern = _IN_MARKDOWN if markdown else _IN_HTML
    found: list[Cut] = []
    at = 0
    while match := pattern.search(text, at):
        if markdown and match["code"]:
            at = scanner.code_end(match)
            continue
        at = match.end()
        if markdown and match["escape"]:
            continue
        if markdown and match["directive"]:
            found.extend(scanner.directive(match))
        else:
            at = _verbatim_end(scanner, match) or at
            found.append(Cut(match.start(), at, "" if match["tag"] else " "))
        at = max(at, found[-1].end if found else 0)
    for cut in found:
        builder.skip("templates", text[cut.start : cut.end])
    return found


def _verbatim_end(scanner: Scanner, opening: re.Match[str]) -> int:
    """Where the block ends that a tag opens and in which nothing is prose, `{% raw %} ... {% endraw %}`; or 0."""
    shortcode = (opening["shortcode"] or "").lstrip("<% \n").lower()
    name = (opening["name"] or shortcode).lower()
    if name not in _VERBATIM:
        return 0
    closing = rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}" if shortcode else rf"\{{%[-+]?\s*end{name}\s*[-+]?%\}}"
    match = scanner.find(closing, opening.end())
    return match.end() if match else 0
