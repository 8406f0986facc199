"""What is made of the rules and tables when the package is built, so that a run starts fast; YAML stays the source.

The file `rules/catalogue.bin` is a sign, the size of its table of contents, the table, and the parts, each read when it
is asked for; written with marshal version 4, which every Python since 3.4 reads. In a checkout the file is used only
while nobody has edited what it was made from.
"""

from __future__ import annotations

import functools
import marshal
import os
from collections.abc import Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FILE = "catalogue.bin"
State = list[tuple[str, int, int]]
_SIGN = b"HLint 2\n"
_TABLE = len(_SIGN) + 4
"""Where the table of contents begins; its size stands before it."""
_STATE = "state"
_MAKERS = "analysis/cues expressions grammar lexicon packfile packs prepared tables wordsets".split()
"""The modules that decide what stands in the file."""


def folder() -> str:
    """The folder of the rule packs: inside the installed package, or beside `src` in a checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "rules")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(os.path.dirname(here)), "rules")


def rules_folder() -> Path:
    """The same as a path."""
    from pathlib import Path  # not needed where rules are prepared

    return Path(folder())


@functools.cache
def part(name: str) -> Any:
    """A part of the file ("rules", "table drugs"), or None if there is none."""
    content = raw(name)
    return None if content is None else marshal.loads(content)


def raw(name: str) -> bytes | None:
    """The same as it stands in the file."""
    contents, start = _contents()
    if name not in contents:
        return None
    at, size = contents[name]
    return _read(start + at, size)


def _read(start: int, size: int) -> bytes:
    with open(os.path.join(folder(), FILE), "rb") as file:
        file.seek(start)
        return file.read(size)


@functools.cache
def _contents() -> tuple[dict[str, tuple[int, int]], int]:
    """Where each part begins and its size, and where the parts begin; empty if there is no file, or an outdated one."""
    try:
        head = _read(0, _TABLE)
    except FileNotFoundError:
        return {}, 0
    if not head.startswith(_SIGN):
        return {}, 0
    size = int.from_bytes(head[len(_SIGN) :], "little")
    contents: dict[str, tuple[int, int]] = marshal.loads(_read(_TABLE, size))
    start = _TABLE + size
    if _STATE in contents:
        at, size = contents[_STATE]
        if marshal.loads(_read(start + at, size)) != files_state():
            return {}, 0
    return contents, start


def files_state() -> State:
    """Name, size and time of change of every file of a checkout that the file is made from."""
    here = os.path.dirname(os.path.abspath(__file__))
    paths = [os.path.join(here, f"{name}.py") for name in _MAKERS]
    for place in (folder(), os.path.join(folder(), "tables")):
        paths += [entry.path for entry in os.scandir(place) if entry.name != FILE and entry.is_file()]
    statuses = [(os.path.basename(path), os.stat(path)) for path in sorted(paths)]
    return [(name, status.st_size, status.st_mtime_ns) for name, status in statuses]


def written(parts: Mapping[str, Any], state: State | None) -> bytes:
    """The content of the file. Parts that are bytes are kept as they are; it is used only while `state` holds."""
    blobs = {name: part if isinstance(part, bytes) else marshal.dumps(part, 4) for name, part in parts.items()}
    if state:
        blobs[_STATE] = marshal.dumps(state, 4)
    starts = accumulate(map(len, blobs.values()), initial=0)
    contents = {name: (start, len(blobs[name])) for name, start in zip(blobs, starts, strict=False)}
    table = marshal.dumps(contents, 4)
    return b"".join([_SIGN, len(table).to_bytes(4, "little"), table, *blobs.values()])
