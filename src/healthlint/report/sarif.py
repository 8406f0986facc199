"""SARIF 2.1.0, for code scanning and other viewers: https://docs.oasis-open.org/sarif/sarif/v2.1.0/.

What a viewer needs beyond the standard is what GitHub documents for code scanning: short texts, a fingerprint called
`primaryLocationLineHash`, and no more results than it keeps.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from healthlint.engine import Finding, Report
from healthlint.report import verdicts
from healthlint.report.format import Format, Run, Style
from healthlint.report.places import in_repository, most_severe_first
from healthlint.report.verdicts import Suppression
from healthlint.rule import Rule, Suggestion

KEPT = 5000
"""As many results of a run GitHub keeps; it refuses a file with more than 25,000."""
_LONGEST = 1024
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "info": "recommendation"}
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def _as_sarif(run: Run, style: Style) -> str:
    content = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(run)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _run(run: Run) -> dict[str, Any]:
    rules = {rule.id: number for number, rule in enumerate(run.rules)}
    found: list[tuple[Report, Finding, Suppression | None]]
    found = [(report, finding, None) for report, finding in most_severe_first(run)]
    found += [(report, *pair) for report in run.reports for pair in verdicts.suppressed(report)]
    results = [_result(*one, rules) for one in found[:KEPT]]
    if any(suppression for _, _, suppression in found):  # the standard wants the list at every result or at none
        results = [{**result, "suppressions": result.get("suppressions", [])} for result in results]
    driver = {"name": "healthlint", "semanticVersion": run.version, "rules": [_rule(rule) for rule in run.rules]}
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": "healthlint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The top of the repository"}}},
        "invocations": [_invocation(run, len(found) - len(results))],
        "results": results,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    sources = "\n".join(f"- {source}" for source in rule.sources)
    markdown = f"{rule.why}\n\n**Rewrite:** {rule.help}\n\n**Sources**\n\n{sources}"
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": _shortened(rule.name.replace("-", " ").capitalize())},
        "fullDescription": {"text": _shortened(rule.why)},
        "help": {"text": f"{rule.why}\n\nRewrite: {rule.help}\n\nSources:\n{sources}", "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity.label]},
        "properties": {
            "tags": ["health", rule.family],
            "precision": rule.trust,
            "problem.severity": _PROBLEMS[rule.severity.label],
        },
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _result(report: Report, finding: Finding, suppression: Suppression | None, rules: dict[str, int]) -> dict[str, Any]:
    file = _artifact(finding.path)
    region = _region(finding.line, finding.column, finding.end_line, finding.end_column)
    region["snippet"] = {"text": finding.text}
    result = {
        "ruleId": finding.rule,
        **({"ruleIndex": rules[finding.rule]} if finding.rule in rules else {}),
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(f"{finding.message} {finding.help}")},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": finding.fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_related(report, finding, number) for number in range(len(finding.related))]
    if verdicts.suggestions(finding):
        result["fixes"] = [_fix(report, one) for one in verdicts.suggestions(finding)]
    if suppression:
        kind = "inSource" if suppression.in_source else "external"
        result["suppressions"] = [{"kind": kind, "status": "accepted", "justification": suppression.reason}]
    return result


def _related(report: Report, finding: Finding, number: int) -> dict[str, Any]:
    place = finding.related[number]
    region = _span(report, place.start, place.end)
    physical = {"artifactLocation": _artifact(finding.path), "region": region}
    return {"id": number + 1, "message": {"text": _plain(place.note)}, "physicalLocation": physical}


def _fix(report: Report, suggestion: Suggestion) -> dict[str, Any]:
    replacement = {
        "deletedRegion": _span(report, suggestion.start, suggestion.end),
        "insertedContent": {"text": suggestion.text},
    }
    change = {"artifactLocation": _artifact(report.path), "replacements": [replacement]}
    words = f"Write “{suggestion.text}”" if suggestion.text else "Delete the words"
    return {"description": {"text": _plain(words)}, "artifactChanges": [change]}


def _span(report: Report, start: int, end: int) -> dict[str, Any]:
    if report.source is None:
        raise ValueError(f"{report.path} has findings but no text")
    return _region(*report.source.position(start), *report.source.position(end))


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(path: str) -> dict[str, str]:
    """The place of a file, relative to the top of the repository if it lies in it."""
    place = in_repository(path)
    if PurePath(place).is_absolute():
        return {"uri": "file:///" + quote(place.lstrip("/"), safe="/:", errors="surrogateescape")}
    return {"uri": quote(place, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _plain(text: str) -> str:
    """The text so that no viewer takes words of an article for a link or for a placeholder (SARIF 3.11.5, 3.11.6)."""
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", text))


def _invocation(run: Run, left_out: int) -> dict[str, Any]:
    told = [_notification("error", report.problem, report.path) for report in run.reports if report.problem]
    for report in run.reports:
        told += [_notification("note", f"skipped: {report.skipped}", report.path)] if report.skipped else []
    if left_out:
        told.append(_notification("warning", f"{left_out} more findings were left out, the least severe ones"))
    successful = not any(report.problem for report in run.reports)
    return {"executionSuccessful": successful, **({"toolExecutionNotifications": told} if told else {})}


def _notification(level: str, text: str, path: str = "") -> dict[str, Any]:
    place = [{"physicalLocation": {"artifactLocation": _artifact(path)}}] if path else []
    return {"level": level, "message": {"text": _plain(text)}, **({"locations": place} if place else {})}


FORMAT = Format(end=_as_sarif)
