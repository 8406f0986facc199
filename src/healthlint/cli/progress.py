"""A line on the terminal that tells how far a run has come."""

from __future__ import annotations

import os
import sys
from time import monotonic

PATIENCE = 1.0
"""Seconds after which a run is long enough to be told about."""
_INTERVAL = 0.1


def is_welcome() -> bool:
    """Whether somebody looks at standard error: a terminal that can rewrite a line, and no hook or CI."""
    dumb = os.environ.get("TERM", "dumb" if os.name == "posix" else "") == "dumb"
    alone = any(os.environ.get(name) for name in ("CI", "PRE_COMMIT"))
    return bool(sys.stderr) and sys.stderr.isatty() and not dumb and not alone


class Progress:
    """The line of one run. It stands until it is cleared, which must happen before anything else is printed."""

    def __init__(self) -> None:
        self._begun = monotonic()
        self._drawn = 0.0
        self._width = 0

    def show(self, done: int, total: int) -> None:
        """Tell that so many of the files are done; not before the run has become long, and not too often."""
        now = monotonic()
        if now - self._begun < PATIENCE or (self._width and now - self._drawn < _INTERVAL):
            return
        line = f"{done} of {total} files checked"
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()
        self._drawn, self._width = now, max(self._width, len(line))

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0
