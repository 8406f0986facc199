"""Real articles, linted, and the places of findings in them."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from healthlint import Config
from healthlint.engine import Finding, lint_bytes
from healthlint.files import find

DAY = datetime.date(2026, 11, 24)


class Article(NamedTuple):
    """An article that was linted, by the name of its corpus; `key` is the sha256 of the file."""

    corpus: str
    path: str
    key: str
    text: str
    words: int
    findings: tuple[Finding, ...]

    @property
    def held_out(self) -> bool:
        """Whether rules may not be tuned on this article, so that findings in it can be read."""
        return self.key[0] in "89abcdef"


class Place(NamedTuple):
    """What a reading is about: an article by its sha256, a rule, and the span in the decoded file."""

    article: str
    rule: str
    start: int
    end: int


def articles(corpora: Iterable[str]) -> Iterator[Article]:
    """All articles of some corpora that are linted (English, with words, readable), each text once."""
    seen: set[str] = set()
    for corpus in corpora:
        name, _, rest = corpus.partition("=")
        folder, _, profile = rest.partition("@")
        config = Config(profile=profile or "consumer", as_of=DAY)
        for found in find([folder], lambda path, config=config: config):  # type: ignore[misc]
            data = Path(found.path).read_bytes() if not found.skipped else b""
            key = hashlib.sha256(data).hexdigest()
            report = lint_bytes(found.path, data, config)
            if report.source is not None and report.words and key not in seen:
                seen.add(key)
                yield Article(name, found.path, key, report.source.text, report.words, report.findings)


def places(article: Article) -> dict[Place, Finding]:
    """The findings of an article by their places."""
    return {Place(article.key, f.rule, f.start, f.end): f for f in article.findings}
