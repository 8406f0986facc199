"""`healthlint due`: the articles whose review falls due, soonest first."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from healthlint.analysis.about import about
from healthlint.checks.dating import MAXIMUM_AGE, dates, dates_in
from healthlint.cli.documents import documents, skipped_clause
from healthlint.cli.options import configs, due_parser
from healthlint.document import Document
from healthlint.namedtuples import NamedTuple
from healthlint.report.text import escaped

_NEXT = re.compile(r"(?:next review(?:ed)?|review due|due for review|review by)[^\d.]{0,20}$", re.IGNORECASE)


class Due(NamedTuple):
    """When the review of an article falls due, and why: the day that is named, or that of the last review."""

    day: datetime.date
    path: str
    line: int
    named: bool
    since: datetime.date


def main(words: list[str]) -> int:
    """Print the articles with the day on which their review falls due."""
    options = due_parser().parse(words)
    today = options.as_of or datetime.date.today()
    articles = documents(options.paths or ["."], configs(options), options.stdin_filename)
    dated = [(document, due_of(document)) for document in articles.documents if not _is_evergreen(document)]
    found = sorted(due for _, due in dated if due)
    undated = [document.source.path for document, due in dated if due is None]
    listed = [due for due in found if options.within is None or (due.day - today).days <= options.within]
    print(_as_json(listed, undated, today) if options.output == "json" else _as_text(listed, today), end="")
    print(_closing(listed, len(dated), undated, today) + skipped_clause(articles.skipped) + ".", file=sys.stderr)
    return articles.status


def due_of(document: Document) -> Due | None:
    """When the review falls due: the named day, else `MAXIMUM_AGE` months after the newest date (as in DISC-004)."""
    named = sorted(_named(document), key=lambda date: date[0])
    past = list(dates(document))
    if not named and not past:
        return None
    since, start, end = named[-1] if named else max(past, key=lambda date: date[0])
    day = since if named else _later(since, MAXIMUM_AGE)
    line = document.source.position(document.prose.span(start, end).start).line
    return Due(day, document.source.path, line, bool(named), since)


def _named(document: Document) -> Iterator[tuple[datetime.date, int, int]]:
    for field in about(document, "next_review"):
        yield from dates_in(document, field.start, field.end)
    for date in dates(document):
        if _NEXT.search(document.text, max(0, date[1] - 40), date[1]):
            yield date


def _later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month some months later; the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"{day} + {months} months")


def _is_evergreen(document: Document) -> bool:
    field = document.field("evergreen")
    return field is not None and field.value.lower() == "true"


def _as_text(listed: list[Due], today: datetime.date) -> str:
    rows = []
    for due in listed:
        days = (due.day - today).days
        when = f"{-days} days ago" if days < 0 else "today" if days == 0 else f"in {days} days"
        why = "as it says" if due.named else f"last dated {due.since.isoformat()}"
        rows.append(f"{due.day.isoformat()}  {when:>14}  {escaped(due.path)}  ({why})\n")
    return "".join(rows)


def _as_json(listed: list[Due], undated: list[str], today: datetime.date) -> str:
    rows: list[dict[str, Any]] = [
        {
            "path": due.path,
            "line": due.line,
            "due": due.day.isoformat(),
            "days": (due.day - today).days,
            "basis": "named" if due.named else "last-dated",
            "date": due.since.isoformat(),
        }
        for due in listed
    ]
    content = {"schema_version": 1, "as_of": today.isoformat(), "due": rows, "undated": undated}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _closing(listed: list[Due], articles: int, undated: list[str], today: datetime.date) -> str:
    overdue = sum(due.day < today for due in listed)
    parts = [f"{len(listed)} of {articles} articles listed as of {today.isoformat()}", f"{overdue} overdue"]
    if undated:
        parts.append(f"without any date: {escaped(', '.join(undated[:3]))}" + (", ..." if len(undated) > 3 else ""))
    return "; ".join(parts)
