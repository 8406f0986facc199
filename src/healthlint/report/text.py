"""Findings for writers, in a terminal: the words underlined in their line, why, and how to rewrite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthlint.engine import Finding, Report
from healthlint.expressions import expression
from healthlint.report.format import Format, Run, Style
from healthlint.text import Source

_UNSAFE = expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLOURS = {"error": "31;1", "warning": "33", "info": "36"}
_RANK = {"error": 0, "warning": 1, "info": 2}


def escaped(text: str) -> str:
    """The text with control and bidirectional characters made visible (`\\x1b`, `\\u202e`); all else as it is."""
    return _UNSAFE.sub(lambda match: _escape(ord(match.group())), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def file_report(report: Report, style: Style) -> str:
    """The findings of one file: errors first; the infos of one rule are folded into one entry with its lines."""
    if not report.findings or report.source is None:
        return ""
    lines = [_paint(escaped(report.path), "1", style)]
    for finding, others in _folded(report.findings, style):
        lines.extend(_entry(finding, others, report.source, style))
    return "\n".join(lines) + "\n"


def _folded(findings: Iterable[Finding], style: Style) -> Iterator[tuple[Finding, list[Finding]]]:
    ordered = sorted(findings, key=lambda f: (_RANK[f.severity], f.start))
    by_rule: dict[str, list[Finding]] = {}
    for finding in ordered:
        if finding.severity == "info" and not style.verbose:
            by_rule.setdefault(finding.rule, []).append(finding)
        else:
            yield finding, []
    for first, *others in by_rule.values():
        yield first, others


def _entry(finding: Finding, others: list[Finding], source: Source, style: Style) -> Iterator[str]:
    place = f"{finding.unit} {finding.line}" if finding.place else f"{finding.line}:{finding.column}"
    severity = _paint(finding.severity, _COLOURS[finding.severity], style)
    yield f"  {place:>8}  {severity}  {finding.rule} {finding.name}"
    yield from _excerpt(finding, source, style)
    yield from _wrapped(escaped(finding.message), style)
    yield from _wrapped("Rewrite: " + finding.help, style)
    offered = [f'"{escaped(one.text)}"' for one in finding.suggestions if one.text.strip() and not one.safe]
    if offered:
        less = "Without it" if finding.text.lower().endswith(finding.suggestions[0].text.lower()) else "For example"
        yield from _wrapped(f"{less}: {' or '.join(offered[:2])}.", style)
    if others:
        lines = list(dict.fromkeys(str(other.line) for other in others))
        where = f"{finding.unit}{'' if len(lines) == 1 else 's'} {', '.join(lines)}"
        yield from _wrapped(f"{len(others)} more like it: {where} (all of them with --verbose).", style)
    yield ""


def _excerpt(finding: Finding, source: Source, style: Style) -> Iterator[str]:
    line = source.line_text(finding.line)
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    room = max(style.width - 14, 30)
    left = max(0, min(start - 20, len(line) - room)) if len(line) > room else 0
    right = min(len(line), left + room)
    before, words, after = (
        escaped(part) for part in (line[left:start], line[start : min(end, right)], line[min(end, right) : right])
    )
    before, words, after = (part.replace("\t", " ") for part in (before, words, after))
    yield "          " + ("\u2026" if left else "") + before + words + after + ("\u2026" if right < len(line) else "")
    mark = "^" * max(len(words), 1)
    yield "          " + " " * (len(before) + bool(left)) + _paint(mark, _COLOURS[finding.severity], style)


def _wrapped(text: str, style: Style) -> list[str]:
    import textwrap  # programs read other formats

    return textwrap.wrap(text, max(style.width, 40), initial_indent=" " * 10, subsequent_indent=" " * 10)


def _paint(text: str, code: str, style: Style) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour else text


def closing_line(run: Run) -> str:
    """What was checked, what was found and what was not checked, in one sentence."""
    count = {level: sum(f.severity == level for r in run.checked for f in r.findings) for level in _RANK}
    total = sum(report.words for report in run.checked)
    parts = [f"{_number(run.articles, 'file')}, {_number(total, 'word')} checked as of {run.as_of}"]
    parts.append(", ".join(_number(count[level], level) for level in _RANK))
    for told, kind in (("suppressed", "suppressed"), ("in the baseline", "known"), ("on unchanged lines", "unchanged")):
        more = sum(len(getattr(report, kind)) for report in run.checked)
        parts.extend([f"{more} more {told}"] if more else [])
    drafts = [escaped(report.path) for report in run.checked if report.draft]
    parts.extend([f"drafts do not fail: {few(drafts)}"] if drafts else [])
    parts.extend(f"{_number(words, 'word')} not checked ({reason})" for reason, words in run.unchecked.items())
    for reason in dict.fromkeys(report.skipped for report in run.reports if report.skipped):
        paths = [escaped(report.path) for report in run.reports if report.skipped == reason]
        parts.append(f"{few(paths)} skipped: {reason}")
    return "; ".join(parts) + "."


def few(paths: list[str]) -> str:
    """The paths, or the first three of many."""
    return ", ".join(paths if len(paths) <= 4 else [*paths[:3], f"{len(paths) - 3} more"])


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


FORMAT = Format(file=file_report)
