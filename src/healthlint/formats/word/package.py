"""The parts of a Word file (.docx), which is a zip archive of XML, opened with suspicion.

A file from elsewhere may be made to do harm: to unpack to more than fits into memory, or to have its XML stand for
more than it holds. So sizes are looked at before anything is unpacked, and a document type, which entities need and
Word never writes, is refused. Open Packaging Conventions: ECMA-376, part 2.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from healthlint.namedtuples import NamedTuple
from healthlint.text import Unreadable

MOST_PARTS = 5_000
MOST_BYTES = 256 << 20
"""All parts together, unpacked; pictures count."""
MOST_XML = 64 << 20
"""The parts that are read, together: more than a hundred novels."""
MOST_TIMES = 250
"""So many times its packed size a part of more than `RATIO_FROM` bytes may have; XML of Word's has 10 to 60."""
RATIO_FROM = 4 << 20
DEEPEST = 200
"""Levels of elements; libxml2, which other programs read Word files with, stops at 256."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REPAIR = "let Word repair it (Open, then Open and Repair) and save it again"
_DAMAGED = f"is damaged or incomplete; fetch it again, or {_REPAIR}"
_PROTECTED = "is protected with a password; take the password off in Word and save it again"
_SAVE = "open it in Word and save it as .docx"
_NO_WORD = f"is no Word file, whatever its name says; {_SAVE}"
_HARM = "made to do harm; if it is yours, open it in Word and save it again"


class Relation(NamedTuple):
    """What a part refers to: the last word of the type (`styles`, `hyperlink`), and a part or an outer address."""

    type: str
    target: str
    external: bool


class Package:
    """The parts of a file with this content. Raises Unreadable for whatever is no sound Word file."""

    def __init__(self, data: bytes) -> None:
        _look_at_begin(data)
        self._archive = _opened(data)
        self._names = {name.lower().replace("\\", "/").lstrip("/"): name for name in self._archive.namelist()}
        self._left = MOST_XML
        main = [relation.target for relation in self.relations("").values() if relation.type == "officeDocument"]
        self.main = main[0] if main else "word/document.xml"
        """The name of the part that holds the text."""
        if self.main.lower() not in self._names:
            raise Unreadable(self._no_document())

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by the ids that it uses; those of the whole package for an empty name."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for element in root if root is not None else ():
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], target, external)
        return found

    def xml(self, part: str) -> ElementTree.Element | None:
        """The root element of a part; None if there is no such part. Raises Unreadable."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        info = self._archive.getinfo(name)
        self._left -= info.file_size
        if self._left < 0:
            raise Unreadable(f"holds more than {MOST_XML >> 20} MB of text, as no article does; it may be {_HARM}")
        return _parsed(part, _guarded(lambda: self._archive.read(info)))

    def _no_document(self) -> str:
        if "mimetype" in self._names:
            return f"is an OpenDocument file, whatever its name says; {_SAVE}"
        return f"holds no Word document (no {self.main} is in it); {_SAVE}"


def _look_at_begin(data: bytes) -> None:
    """Raise Unreadable if the first bytes say that it is something else."""
    if data.startswith(_OLE):
        old = f"is a file of Word 97 to 2003 (.doc), whatever its name says; {_SAVE}"
        raise Unreadable(_PROTECTED if _ENCRYPTED in data else old)
    if data.startswith(b"{\\rtf"):
        raise Unreadable(f"is Rich Text (.rtf), whatever its name says; {_SAVE}")
    if not data.startswith(b"PK"):
        raise Unreadable(_NO_WORD)


def _opened(data: bytes) -> zipfile.ZipFile:
    """The archive, if what it says of itself is harmless; `zipfile` unpacks no more of a part than it says."""
    archive: zipfile.ZipFile = _guarded(lambda: zipfile.ZipFile(io.BytesIO(data)))
    infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable(_PROTECTED)
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise Unreadable(_DAMAGED)
    if len(infos) > MOST_PARTS:
        raise Unreadable(f"has more than {MOST_PARTS} parts, as no article does; it may be {_HARM}")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise Unreadable(f"unpacks to more than {MOST_BYTES >> 20} MB, as no article does; it may be {_HARM}")
    for info in infos:
        is_read = info.filename.lower().endswith((".xml", ".rels"))
        if is_read and info.file_size > max(RATIO_FROM, MOST_TIMES * info.compress_size):
            raise Unreadable(f"unpacks to more than {MOST_TIMES} times its size, as no text does; it may be {_HARM}")
    return archive


def _guarded(unpack: Callable[[], Any]) -> Any:
    try:
        return unpack()
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise Unreadable(_DAMAGED) from error


class _Tree(ElementTree.TreeBuilder):
    """Builds the elements of a part; refuses a document type before anything of it counts."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Called for a document type."""
        raise Unreadable(f"declares entities or a document type in {self._part}, as Word never does; it may be {_HARM}")

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        """Called for each start tag."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable(f"has more than {DEEPEST} levels of elements in {self._part}; it may be {_HARM}")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        """Called for each end tag."""
        self._depth -= 1
        return super().end(tag)


def _parsed(part: str, data: bytes) -> ElementTree.Element:
    try:
        root: ElementTree.Element = ElementTree.fromstring(data, ElementTree.XMLParser(target=_Tree(part)))
    except Unreadable:
        raise
    except ElementTree.ParseError as error:
        line, column = error.position
        raise Unreadable(f"is damaged (line {line}, column {column + 1} of {part}); {_REPAIR}") from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Unreadable(f"is damaged ({part} cannot be decoded); {_REPAIR}") from error
    return root
