"""The settings of a run, resolved once."""

from __future__ import annotations

import datetime
from typing import NamedTuple

PROFILES = ("consumer", "clinic", "news", "press-release", "professional")
JURISDICTIONS = ("us", "uk", "eu")


class Config(NamedTuple):
    """What a run decides: the rules that are on, for whom the article is, and the day the check is made.

    `select` and `ignore` hold rule ids, names or families; an empty `select` means all rules. `as_of` is today unless
    given, so that a run can be repeated.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "consumer"
    jurisdiction: str = "us"
    as_of: datetime.date | None = None

    @property
    def day(self) -> datetime.date:
        """The day the check is made."""
        return self.as_of or datetime.date.today()
