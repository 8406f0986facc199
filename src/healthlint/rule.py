"""What a rule is, and what it says."""

import datetime
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from healthlint.document import Document
from healthlint.namedtuples import NamedTuple
from healthlint.text import Place


class Severity(IntEnum):
    """How much a finding weighs. Only patterns with high trust may be errors; errors stop publication."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word that configuration and output use: info, warning, error."""
        return self.name.lower()

    def lowered(self) -> "Severity":
        """One level down, but not below info."""
        return Severity(max(self - 1, 1))


PROFILES = ("consumer", "clinic", "news", "press-release", "professional")
LEVELS = ("off", "info", "warning", "error")


class Setting(NamedTuple):
    """For whom and when a check is made: the profile, the jurisdiction (us, uk, eu), and the day."""

    profile: str
    jurisdiction: str
    day: datetime.date


class Suggestion(NamedTuple):
    """Other words for the range `start:end`. Only what cannot change the meaning is `safe`, and applied by `--fix`."""

    start: int
    end: int
    text: str
    safe: bool = False


class Hit(NamedTuple):
    """What a rule reports: the words `start:end` of `Document.text`, and what the message says of them.

    `fields` fill the placeholders of the message; `help` among them stands in for the advice of the rule. A hit about
    the whole document (`document`) is anchored to a few words: the title, or what made the duty. `suggestions` are
    ranges of `Document.text`, too; none is empty. `related` are the places that the verdict rests on, other than the
    hit itself: start, end, and what stands there.
    """

    start: int
    end: int
    severity: Severity
    fields: dict[str, str] = {}  # noqa: RUF012  never changed
    document: bool = False
    related: tuple[tuple[int, int, str], ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Related(NamedTuple):
    """A place in the same file that a verdict rests on, and what stands there; counted as in `Finding`."""

    start: int
    end: int
    line: int
    column: int
    text: str
    note: str


class Suppressed(NamedTuple):
    """Why a finding is let stand, until which day (2027-01-31; None: for ever), where that is written (`path:line`)."""

    reason: str
    until: str | None
    place: str


class Finding(NamedTuple):
    """A problem at its place. Lines and columns count from 1, in code points; ends are exclusive.

    `start`, `end` and those of the suggestions are offsets into the decoded file; `text` is what stands there. In a
    Word file a line is a paragraph, and `place` says so.
    """

    path: str
    rule: str
    name: str
    severity: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    text: str
    message: str
    help: str
    document: bool
    fingerprint: str
    suggestions: tuple[Suggestion, ...] = ()
    suppressed: Suppressed | None = None
    related: tuple[Related, ...] = ()
    place: Place | None = None

    @property
    def family(self) -> str:
        """The four letters before the number of the rule."""
        return self.rule.partition("-")[0]

    @property
    def unit(self) -> str:
        """What people call a line of the file."""
        return "paragraph" if self.place else "line"


Check = Callable[[Document, Setting], Iterable[Hit]]


class Example(NamedTuple):
    """A text that shows a rule at work in some formats: it reports exactly what stands in `<<` `>>`, or nothing.

    `line` is where it stands in its pack, counted from 1.
    """

    text: str
    fires: bool
    formats: tuple[str, ...] = ("md", "txt", "html")
    line: int = 0


class Rule(NamedTuple):
    """A rule as a value; YAML packs and Python checks are two ways to write it.

    `why` says what the problem does to readers; `help` how to rewrite; `sources` the standards and papers behind it;
    `trust` (high, medium, low) the expected share of fair findings: 0.85 and more, 0.65 to 0.85, below. `pack` is the
    file of a rule that does not come with healthlint, and `line` where it begins there.
    """

    id: str
    name: str
    severity: Severity
    trust: str
    why: str
    help: str
    message: str
    sources: tuple[str, ...]
    examples: tuple[Example, ...]
    check: Check
    profiles: dict[str, Any] = {}  # noqa: RUF012  never changed
    pack: str = ""
    line: int = 0

    @property
    def family(self) -> str:
        """The four letters before the number: HYPE, EVID, CITE, DISC, READ..."""
        return self.id.partition("-")[0]
