"""Regular expressions that are compiled when they are first used: most articles need few of them.

When the package is built they are compiled for the Python at hand, and what comes of that is kept (see `prepared`):
compiling took a seventh of a start. Another Python than that compiles them itself.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import functools
import marshal
import re
import sys
from importlib import import_module
from itertools import accumulate
from typing import Any, cast

from healthlint import prepared

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern")
_PART = f"expressions {sys.implementation.cache_tag} {getattr(_sre, 'MAGIC', '')} {sys.byteorder}"
_CODES = "codes of expressions"
_every: list[tuple[str, int]] = []


class _Expression:
    def __init__(self, pattern: str, flags: int) -> None:
        self._made_of = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        made = compiled(*self._made_of)
        self.__dict__.update({method: getattr(made, method) for method in _METHODS})
        return getattr(made, name)


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, as far as finding goes; a mistake in the pattern shows at its first use."""
    _every.append((pattern, int(flags)))
    return cast("re.Pattern[str]", _Expression(pattern, int(flags)))


def compiled(pattern: str, flags: int) -> re.Pattern[str]:
    """The same as `re.compile`, from what was prepared if it is there."""
    place = (prepared.part(_PART) or {}).get((pattern, flags))
    return re.compile(pattern, flags) if place is None else _sre.compile(pattern, *marshal.loads(_codes()[place:]))


@functools.cache
def _codes() -> memoryview:
    return memoryview(prepared.raw(_CODES) or b"")


def parts() -> dict[str, Any]:
    """The code of the expressions of all modules that have been imported, as it stands in the prepared file.

    Empty for a Python whose `re` is built otherwise than that of CPython.
    """
    try:
        codes = {made_of: marshal.dumps(_code(*made_of), 4) for made_of in _every}
    except (AttributeError, ImportError, TypeError):
        return {}
    places = dict(zip(codes, accumulate(map(len, codes.values()), initial=0), strict=False))
    return {_PART: places, _CODES: b"".join(codes.values())}


def _code(pattern: str, flags: int) -> tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]:
    """What `re.compile` hands to the engine besides the pattern: flags, code, number of groups, and their names."""
    compiler: Any = import_module("re._compiler")
    parsed = import_module("re._parser").parse(pattern, flags)
    by_name = parsed.state.groupdict
    names = {number: name for name, number in by_name.items()}
    code = [int(word) for word in compiler._code(parsed, flags)]
    count = parsed.state.groups - 1
    return int(flags | parsed.state.flags), code, count, dict(by_name), tuple(map(names.get, range(count + 1)))
