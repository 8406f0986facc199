"""What the open elements of a page mean for the text inside: its kind, and whether it is prose at all.

HTML opens and closes elements by its tags; Markdown opens some of its own for lists, quotations and footnotes.
"""

from __future__ import annotations

from collections import Counter

from healthlint.builder import Builder
from healthlint.document import Kind
from healthlint.expressions import expression
from healthlint.formats import metadata
from healthlint.formats.markup import Tag
from healthlint.namedtuples import NamedTuple

_KINDS = {
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
    **dict.fromkeys(("li", "dt", "dd", "#item"), Kind.ITEM),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    **dict.fromkeys(("blockquote", "#quote"), Kind.QUOTE),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "#callout": Kind.PARAGRAPH,
    "#footnote": Kind.FOOTNOTE,
    "title": Kind.TITLE,
}
_BLOCKS = _KINDS.keys() | frozenset(
    "p div section article main dl head body html figure details summary address ul ol menu table tr thead tbody tfoot"
    " hr header footer nav aside form button dialog fieldset legend center hgroup search".split()
)
_SKIPPED = frozenset(
    "script style pre code svg template noscript iframe textarea select math object canvas video audio xmp".split()
)
RAW = frozenset("script style textarea title iframe xmp".split())
"""The elements in which nothing but their own end tag is a tag."""
_STRONG = frozenset(("b", "strong"))
_CODE = frozenset(("pre", "code", "xmp"))
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""The elements without content."""
_CELL_END = frozenset(("p", "td", "th"))
_TERM_END = frozenset(("p", "dt", "dd"))
_P_END = frozenset(("p",))
_ENDS = {
    "li": frozenset(("p", "li")),
    **dict.fromkeys(("dt", "dd"), _TERM_END),
    **dict.fromkeys(("td", "th"), _CELL_END),
    "tr": _CELL_END | {"tr"},
    **dict.fromkeys(("thead", "tbody", "tfoot"), _CELL_END | {"tr", "thead", "tbody", "tfoot"}),
}
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "button", "dialog"))
_FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search"))
_FURNITURE_CLASS = expression(
    r"(?:^|[\s_-])(?:nav|navbar|menu|(?<!has-)(?<!with-)(?<!no-)sidebar|footer|breadcrumbs?|cookie|share|sharing|related"
    r"|comment-?form|newsletter|skip-link)(?:$|[\s_-])"
)
_NEVER_FURNITURE = frozenset(("html", "body", "main", "article"))
_REACH = 64
"""How many of the innermost elements an end tag, or the start of the next item, is matched with."""


class _Element(NamedTuple):
    tag: str
    kind: Kind
    level: int
    items: int


_ROOT = _Element("", Kind.PARAGRAPH, 0, 0)


class Elements:
    """The open elements.

    `closings` tells where each element is closed last: one that is never closed hides nothing. `hidden` is the
    element that hides the text at this moment, if any.
    """

    def __init__(self, builder: Builder, closings: dict[str, int], *, has_heading: bool = False) -> None:
        self.builder = builder
        self.hidden = ""
        self._closings = closings
        self._has_heading = has_heading
        self._hidden_depth = 0
        self._stack = [_ROOT]
        self._depth: Counter[str] = Counter()
        self._link: tuple[int, str] | None = None
        self._strong: list[int] = []
        self._broken = 0  # where the last <br> ends

    @property
    def is_code(self) -> bool:
        """Whether what is hidden is code."""
        return self.hidden in _CODE

    @property
    def is_furniture(self) -> bool:
        """Whether the text here is navigation and the like."""
        return self._stack[-1].kind is Kind.FURNITURE

    def open(self, tag: Tag) -> None:
        """A start tag of HTML."""
        name = tag.name
        if self.hidden:
            self._hidden_depth += name == self.hidden
        elif self._hides(tag):
            self.hidden, self._hidden_depth = name, 1
            if name in _BLOCKS or name == "pre":
                self.builder.end()
            elif name == "code":
                self.builder.space(tag.start, tag.end)
        else:
            metadata.from_tag(self.builder, tag)
            if name in VOID:
                self._void(tag)
            else:
                self.enter(name, furniture=self._is_furniture(tag))
            if name == "a":
                self._end_link()
                self._link = (self.builder.offset, tag.value("href"))

    def enter(self, name: str, *, furniture: bool = False) -> None:
        """Open an element by its name; Markdown's own begin with `#`."""
        if name in _BLOCKS:
            self.builder.end()
            self._end_implied(_ENDS.get(name, _P_END))
        parent = self._stack[-1]
        kind = _KINDS.get(name, parent.kind)
        if furniture or (parent.kind is Kind.FURNITURE and name != "main"):
            kind = Kind.FURNITURE
        elif name == "main" and kind is Kind.FURNITURE:
            kind = Kind.PARAGRAPH
        items = parent.items + (name in _KINDS and kind is Kind.ITEM)
        level = parent.level
        if name in _KINDS:
            level = int(name[1]) if kind is Kind.HEADING else items if kind is Kind.ITEM else 0
        self._stack.append(_Element(name, kind, level if kind is not Kind.FURNITURE else 0, items))
        self._depth[name] += 1
        if name in _STRONG:
            self._strong.append(self.builder.offset)
        self.builder.ambient = (self._stack[-1].kind, self._stack[-1].level)

    def close(self, name: str) -> None:
        """An end tag; one that closes nothing ends the block all the same."""
        if self.hidden:
            self._hidden_depth -= name == self.hidden
            if not self._hidden_depth:
                self.hidden = ""
            return
        if name == "a":
            self._end_link()
        if name in _BLOCKS:
            self.builder.end()
            if self._depth[name]:
                while self._pop() != name:
                    pass
        else:
            self._close_inline(name)

    def reveal(self) -> None:
        """End what hides the text: an element within a paragraph of Markdown does not outlive it."""
        self.hidden = ""

    def _close_inline(self, name: str) -> None:
        for number in range(len(self._stack) - 1, max(0, len(self._stack) - _REACH), -1):
            if self._stack[number].tag == name:
                while self._pop() != name:
                    pass
                return
            if self._stack[number].tag in _BLOCKS:
                return

    def _end_implied(self, ended: frozenset[str]) -> None:
        """Close what the start of a block closes: a paragraph, or the item, term, cell or row before it."""
        number = len(self._stack) - 1
        lowest = max(0, number - _REACH)
        while number > lowest:
            tag = self._stack[number].tag
            if tag in ended:
                while len(self._stack) > number:
                    self._pop()
            elif tag in _BLOCKS:
                return
            number -= 1

    def _pop(self) -> str:
        tag = self._stack.pop().tag
        self._depth[tag] -= 1
        if tag in _STRONG:
            self.builder.strong(self._strong.pop())
        self.builder.ambient = (self._stack[-1].kind, self._stack[-1].level)
        return tag

    def _void(self, tag: Tag) -> None:
        if tag.name == "br":
            self._break_line(tag)
        elif tag.name == "hr":
            self.builder.end()
        elif tag.name == "img" and not self.is_furniture:
            self.builder.aside(Kind.CAPTION, tag.pieces("alt"))

    def _break_line(self, tag: Tag) -> None:
        """A line break; two in a row, with nothing between them, part paragraphs."""
        between = self.builder.source.text[self._broken : tag.start] if self._broken else "text"
        self._broken = tag.end
        if between.strip():
            self.builder.space(tag.start, tag.end)
        else:
            self.builder.end()

    def _end_link(self) -> None:
        if self._link:
            self.builder.link(*self._link)
            self._link = None

    def _hides(self, tag: Tag) -> bool:
        if tag.name in RAW:
            return tag.name != "title" or self._has_heading
        hides = tag.name in _SKIPPED or (
            tag.name not in VOID
            and (
                "hidden" in tag
                or tag.value("aria-hidden") == "true"
                or "display:none" in tag.value("style").replace(" ", "")
            )
        )
        return hides and self._is_closed(tag)

    def _is_closed(self, tag: Tag) -> bool:
        return self._closings.get(tag.name, -1) > tag.start

    def _is_furniture(self, tag: Tag) -> bool:
        name = tag.name
        if name in _NEVER_FURNITURE:
            return False
        names = f"{tag.value('class')} {tag.value('id')}".lower()
        return (
            name in _FURNITURE_TAGS
            or (name == "header" and not (self._depth["article"] or self._depth["main"]))
            or tag.value("role") in _FURNITURE_ROLES
            or bool(_FURNITURE_CLASS.search(names))
        ) and self._is_closed(tag)
