"""JUnit XML, for CI systems that show test results: a suite a file, a test case a finding.

What would not fail the run is a skipped test; a file without findings is one test that has passed, as a suite without
tests counts as a mistake. There are no times in it, so that the same findings give the same bytes.
"""

from __future__ import annotations

import os
import re
from xml.sax.saxutils import escape, quoteattr

from healthlint.engine import Finding, Report
from healthlint.report import verdicts
from healthlint.report.format import Format, Run, Style
from healthlint.report.places import RANK
from healthlint.report.text import escaped

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What `escaped` leaves and XML 1.0 does not know."""


def _as_junit(run: Run, style: Style) -> str:
    suites = [_suite(report, run.fail_on.get(report.path, "error")) for report in run.reports]
    lines = ["<?xml version='1.0' encoding='utf-8'?>", '<testsuites name="healthlint">']
    return "\n".join([*lines, *suites, "</testsuites>"]) + "\n"


def _suite(report: Report, fail_on: str) -> str:
    cases = [_case(finding, fail_on) for finding in verdicts.counted(report)] or [_only_case(report)]
    failures = sum("<failure" in case for case in cases)
    errors, skipped = sum("<error" in case for case in cases), sum("<skipped" in case for case in cases)
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="0"'
    return "\n".join([f"<testsuite name={_quoted(report.path)} {counts}>", *cases, "</testsuite>"])


def _case(finding: Finding, fail_on: str) -> str:
    fails = fail_on != "never" and RANK[finding.severity] <= RANK[fail_on]
    place = f"{finding.path}:{finding.line}:{finding.column}"
    name = _quoted(f"{finding.rule} {finding.name} at {finding.line}:{finding.column}")
    told = _text(f"{place}: {finding.severity}: {finding.rule} {finding.message}\n{finding.text}\n{finding.help}")
    if fails:
        result = f"<failure type={_quoted(finding.severity)} message={_quoted(finding.message)}>{told}</failure>"
    else:
        result = f"<skipped message={_quoted(f'{finding.severity}: {finding.message}')}>{told}</skipped>"
    return f'<testcase {_called(finding.path)} name={name} line="{finding.line}" time="0">{result}</testcase>'


def _only_case(report: Report) -> str:
    """The test of a file without findings: passed, left out, or not readable."""
    result = ""
    if report.problem:
        result = f'<error type="problem" message={_quoted(report.problem)}/>'
    elif report.skipped:
        result = f"<skipped message={_quoted(report.skipped)}/>"
    return f'<testcase {_called(report.path)} name="healthlint" time="0">{result}</testcase>'


def _called(path: str) -> str:
    return f"classname={_quoted(os.path.splitext(path)[0])} file={_quoted(path)}"


def _quoted(text: str) -> str:
    return quoteattr(_known(text))


def _text(text: str) -> str:
    return escape(_known(text))


def _known(text: str) -> str:
    return _NOT_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped(text))


FORMAT = Format(end=_as_junit)
