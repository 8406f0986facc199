"""What the styles of a Word file mean: which paragraphs are headings, items and so on, what is bold, what is hidden."""

from __future__ import annotations

import functools
import re
from typing import Any

from healthlint.document import Kind
from healthlint.namedtuples import NamedTuple

WORD = frozenset(
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
)
"""The namespace of Word's elements, as Word writes it and as the strict form of the standard has it."""
_OTHERS = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
_HEADING = re.compile(r"heading ([1-9])")
_KINDS = {
    "title": (Kind.HEADING, 1),
    "caption": (Kind.CAPTION, 0),
    "bibliography": (Kind.FOOTNOTE, 0),
    "toc heading": (Kind.FURNITURE, 0),
    **dict.fromkeys(("quote", "intense quote", "block text", "quotations"), (Kind.QUOTE, 0)),
    **{f"toc {level}": (Kind.FURNITURE, 0) for level in range(1, 10)},
}
"""The names of Word's own styles, which are the same in every language of its menus."""
_BULLETED = re.compile(r"list (?:bullet|number)(?: ([2-5]))?")
_LARGE = 1.25
"""Letters so many times as large as those of the default style set a line off as bold ones do."""
_USUAL_SIZE = 20
"""The size, in half points, where a file says none (ECMA-376, part 1, 17.3.2.38)."""


def name_of(element: Any) -> str:
    """The name of an element: that of Word's own as it is, others with a prefix; empty for comments and the like."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


@functools.lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    return name if space in WORD else f"{_OTHERS.get(space, '?:')}{name}"


def value(element: Any, name: str = "val") -> str:
    """An attribute of Word's; empty if there is none."""
    return next((found for space in WORD if (found := element.get(f"{{{space}}}{name}")) is not None), "")


def child(element: Any, *names: str) -> Any:
    """The first element inside that has the first name, inside of that with the next...; None if there is none."""
    for name in names:
        element = next((inner for inner in element if name_of(inner) == name), None) if element is not None else None
    return element


class Look(NamedTuple):
    """How letters look; None: as the style above says. `size` is in half points."""

    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    size: int | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, else the one below it."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.hidden if self.hidden is None else self.hidden,
            below.raised if self.raised is None else self.raised,
            below.size if self.size is None else self.size,
        )


class _Style(NamedTuple):
    name: str
    parent: str
    look: Look
    level: str
    list_level: int | None


class Styles:
    """The styles of a file, from the root element of their part, if it has one."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self._looks: dict[tuple[str, ...], Look] = {}
        self._default = ""
        self._base = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        for element in root if root is not None else ():
            if name_of(element) == "style":
                self._add(element)
        usual = self.look("").size or _USUAL_SIZE
        self._large = _LARGE * usual

    def _add(self, element: Any) -> None:
        key, properties = value(element, "styleId"), child(element, "pPr")
        name, parent = child(element, "name"), child(element, "basedOn")
        level = child(properties, "outlineLvl")
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
            self._default = key
        self._styles[key] = _Style(
            "" if name is None else value(name).lower(),
            "" if parent is None else value(parent),
            look_of(child(element, "rPr")),
            "" if level is None else value(level),
            _list_level(properties),
        )

    def look(self, paragraph_style: str, run: Any = None) -> Look:
        """How a run with these properties (`rPr`) looks in a paragraph of this style."""
        character = child(run, "rStyle")
        styled = self._styled(value(character) if character is not None else "", paragraph_style or self._default)
        return styled if run is None else look_of(run).over(styled)

    def _styled(self, *keys: str) -> Look:
        """What styles make of letters, the first before the others."""
        look = self._looks.get(keys)
        if look is None:
            look = Look()
            for style in (style for key in keys for style in self._line(key)):
                look = look.over(style.look)
            look = self._looks[keys] = look.over(self._base)
        return look

    def is_set_off(self, look: Look) -> bool:
        """Whether letters stand out as those of headings do."""
        return bool(look.bold) or (look.size or 0) >= self._large

    def kind(self, style: str, properties: Any) -> tuple[Kind, int]:
        """The kind of a paragraph with this style and these properties (`pPr`), and its level."""
        line = self._line(style or self._default)
        level = child(properties, "outlineLvl")
        levels = [value(level)] if level is not None else []
        for one in line:
            heading = _HEADING.fullmatch(one.name)
            if heading:
                return Kind.HEADING, min(int(heading[1]), 6)
            if one.name in _KINDS:
                return _KINDS[one.name]
            levels += [one.level] if one.level else []
        if levels and levels[0] in tuple("012345678"):
            return Kind.HEADING, min(int(levels[0]) + 1, 6)
        return self._item(line, properties)

    def _item(self, line: list[_Style], properties: Any) -> tuple[Kind, int]:
        numbered = _list_level(properties)
        for one in line:
            numbered = one.list_level if numbered is None else numbered
        if numbered is None:
            bulleted = next((found for one in line if (found := _BULLETED.fullmatch(one.name))), None)
            return (Kind.ITEM, int(bulleted[1] or 1)) if bulleted else (Kind.PARAGRAPH, 0)
        return (Kind.ITEM, numbered) if numbered else (Kind.PARAGRAPH, 0)

    def _line(self, key: str) -> list[_Style]:
        """The style and those that it is based on; one that is based on itself ends there."""
        line: list[_Style] = []
        seen = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            line.append(self._styles[key])
            key = line[-1].parent
        return line


def look_of(properties: Any) -> Look:
    """The look that the properties of a run (`rPr`) give by themselves."""
    if properties is None:
        return Look()
    size, place = child(properties, "sz"), child(properties, "vertAlign")
    return Look(
        is_on(child(properties, "b")),
        is_on(child(properties, "vanish")),
        value(place) == "superscript" if place is not None else None,
        int(value(size)) if size is not None and re.fullmatch(r"\d{1,4}", value(size)) else None,
    )


def is_on(switch: Any) -> bool | None:
    """What an element such as `<w:b/>` says; None if it is not there."""
    return None if switch is None else value(switch) not in ("0", "false", "off")


def _list_level(properties: Any) -> int | None:
    """The depth in a list, from 1; 0 if the paragraph is expressly in none, None if nothing is said."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    number, level = child(numbering, "numId"), child(numbering, "ilvl")
    if number is not None and value(number) == "0":
        return 0
    depth = value(level) if level is not None else "0"
    return int(depth) + 1 if depth in tuple("012345678") else 1
