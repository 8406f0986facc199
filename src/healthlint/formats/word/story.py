"""The paragraphs of a Word file, as they read once all changes are accepted.

A story is the text of one part: the body, the notes, a header. The elements may be those of the standard library or of
lxml, which alike have `tag`, `get` and children; so the places of a text that was read are found again in the elements
that are to be written. WordprocessingML: ECMA-376, part 1, 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from healthlint.document import Kind
from healthlint.formats.word.package import Relation
from healthlint.formats.word.paragraphs import Paragraph, Run
from healthlint.formats.word.styles import Styles, child, is_on, name_of, value
from healthlint.namedtuples import NamedTuple

_LEFT_OUT = frozenset(
    "del moveFrom delText instrText delInstrText pPr rPr sectPr tblPr tblPrEx tblGrid trPr tcPr sdtPr sdtEndPr rt"
    " rubyPr".split()
)
"""What was deleted or moved away, the codes of fields, properties, the small letters above others."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_ONE_LINE = str.maketrans(dict.fromkeys("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
_LINK_FIELD = re.compile(r"\s*HYPERLINK\s+(?:\\l\s+)?\"([^\"]*)\"", re.IGNORECASE)


class _Field(NamedTuple):
    """An open field: whether its code goes on, the code so far, and where it leads if it is a link."""

    in_code: bool
    code: str = ""
    target: str = ""


class Story:
    """Reads stories one after the other and collects their paragraphs.

    `left_out` is what is no prose, each with the reason. `comments` holds for each comment its first place and the
    one behind its last: the number of a paragraph, from 0, and the offset in it.
    """

    def __init__(self, styles: Styles, *, keep: bool = False) -> None:
        self.paragraphs: list[Paragraph] = []
        self.headers: list[str] = []
        self.left_out: list[tuple[str, str]] = []
        self.comments: dict[str, list[tuple[int, int]]] = {}
        self._styles = styles
        self._keep = keep
        self._relations: dict[str, Relation] = {}
        self._here: Paragraph | None = None
        self._number = 0
        self._style = ""
        self._run: Run | None = None
        self._is_hidden = False
        self._in_table = False
        self._targets: list[str] = []
        self._fields: list[_Field] = []
        self._fixed: tuple[Kind, str] | None = None

    def read(self, root: Any, relations: dict[str, Relation], kind: Kind | None = None, note: str = "") -> None:
        """Add the paragraphs of a story; all of them are of the given `kind`, if there is one."""
        self._relations = relations
        self._fixed = (kind, note) if kind else None
        self._targets, self._fields = [], []
        self._walk(root)

    def notes(self) -> Iterable[str]:
        """The notes that the paragraphs refer to, each once."""
        return dict.fromkeys(run.note for paragraph in self.paragraphs for run in paragraph.runs if run.note)

    def _walk(self, parent: Any) -> None:
        for element in parent:
            name = name_of(element)
            if name in _LEFT_OUT:
                if name == "instrText":
                    self._code(element)
                elif name == "sectPr":
                    self._section(element)
            elif name in _SIGNS:
                self._say(element, _SIGNS[name])
            elif reader := _READERS.get(name):
                reader(self, element)
            else:
                self._walk(element)

    def _paragraph(self, element: Any) -> None:
        outer = self._here, self._number, self._style, self._run, self._is_hidden, self._in_table
        properties = child(element, "pPr")
        style = child(properties, "pStyle")
        self._style = value(style) if style is not None else ""
        kind, level = self._styles.kind(self._style, properties)
        if kind is Kind.PARAGRAPH and self._in_table:
            kind = Kind.CELL
        note = ""
        if self._fixed:
            (kind, note), level = self._fixed, 0
        self._here = Paragraph(element if self._keep else None, kind, level, note)
        self._here.boxed = self._run is not None
        self._here.goes_on = any(child(properties, "rPr", gone) is not None for gone in ("del", "moveFrom"))
        self._number = len(self.paragraphs)
        self.paragraphs.append(self._here)
        self._run, self._in_table = None, False
        self._section(child(properties, "sectPr"))
        self._walk(element)
        self._fields = [field._replace(in_code=False) for field in self._fields]  # no code outlives its paragraph
        self._here, self._number, self._style, self._run, self._is_hidden, self._in_table = outer

    def _section(self, element: Any) -> None:
        for reference in element if element is not None else ():
            if name_of(reference) in ("headerReference", "footerReference"):
                relation = self._relation(reference)
                if relation and relation.target not in self.headers:
                    self.headers.append(relation.target)

    def _one_run(self, element: Any) -> None:
        if self._here is None or self._run is not None:  # one within another: the letters below a ruby
            self._walk(element)
            return
        look = self._styles.look(self._style, child(element, "rPr"))
        run = Run(element if self._keep else None, self._target())
        run.set_off, run.raised = self._styles.is_set_off(look), bool(look.raised)
        self._here.runs.append(run)
        self._run, self._is_hidden = run, bool(look.hidden)
        self._walk(element)
        self._run, self._is_hidden = None, False

    def _target(self) -> str:
        """Where the innermost link around this place leads."""
        within = [*self._targets, *(field.target for field in self._fields)]
        return next((target for target in reversed(within) if target), "")

    def _say(self, element: Any, text: str) -> None:
        if self._run is None or any(field.in_code for field in self._fields):
            return
        if self._is_hidden:
            self.left_out.append(("hidden text", text))
            return
        self._run.parts.append((element if self._keep else None, text))

    def _text(self, element: Any) -> None:
        self._say(element, (element.text or "").translate(_ONE_LINE))

    def _symbol(self, element: Any) -> None:
        code = value(element, "char")
        if re.fullmatch(r"[0-9A-Fa-f]{4}", code) and not 0xD800 <= int(code, 16) < 0xE000:
            self._say(element, chr(int(code, 16)).translate(_ONE_LINE))

    def _note(self, element: Any) -> None:
        if self._run is not None and not self._is_hidden:
            self._run.note = f"{name_of(element).removesuffix('Reference')} {value(element, 'id')}"

    def _table(self, element: Any) -> None:
        outer, rows = self._in_table, [row for row in element if name_of(row) == "tr"]
        cells = sum(name_of(cell) == "tc" for row in rows[:2] for cell in row)
        self._in_table = len(rows) > 1 or cells > 1  # a table of one cell is a frame
        self._walk(element)
        self._in_table = outer

    def _row(self, element: Any) -> None:
        if child(element, "trPr", "del") is None:
            self._walk(element)

    def _placeholder(self, element: Any) -> None:
        """A content control; one that nobody has filled in says only what to fill in."""
        if not is_on(child(element, "sdtPr", "showingPlcHdr")):
            self._walk(element)

    def _alternatives(self, element: Any) -> None:
        """The same thing for newer and for older programs."""
        first = next((one for one in element if name_of(one) in ("mc:Choice", "mc:Fallback")), None)
        if first is not None:
            self._walk(first)

    def _formula(self, element: Any) -> None:
        self.left_out.append(("formulas", "".join(i.text or "" for i in element.iter() if name_of(i) == "m:t")))

    def _link(self, element: Any) -> None:
        relation, place = self._relation(element), value(element, "anchor")
        self._targets.append(relation.target if relation else f"#{place}" if place else "")
        self._walk(element)
        self._targets.pop()

    def _relation(self, element: Any) -> Relation | None:
        key = next((found for name, found in element.items() if name.endswith("}id")), "")
        return self._relations.get(key)

    def _simple_field(self, element: Any) -> None:
        found = _LINK_FIELD.match(value(element, "instr"))
        self._targets.append(found[1] if found else "")
        self._walk(element)
        self._targets.pop()

    def _field(self, element: Any) -> None:
        """The begin of a field, the end of its code, or the end of its result."""
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(True))
        elif kind == "separate" and self._fields:
            code = self._fields[-1].code
            found = _LINK_FIELD.match(code)
            self._fields[-1] = _Field(False, code, found[1] if found else "")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _code(self, element: Any) -> None:
        if self._fields and self._fields[-1].in_code:
            field = self._fields[-1]
            self._fields[-1] = field._replace(code=field.code + (element.text or ""))

    def _comment(self, element: Any) -> None:
        place = (len(self.paragraphs), 0) if self._here is None else (self._number, len(self._here.text))
        self.comments.setdefault(value(element, "id"), []).append(place)


_READERS = {
    "p": Story._paragraph,
    "r": Story._one_run,
    "t": Story._text,
    "sym": Story._symbol,
    "tbl": Story._table,
    "tr": Story._row,
    "sdt": Story._placeholder,
    "hyperlink": Story._link,
    "fldSimple": Story._simple_field,
    "fldChar": Story._field,
    "footnoteReference": Story._note,
    "endnoteReference": Story._note,
    "commentRangeStart": Story._comment,
    "commentRangeEnd": Story._comment,
    "mc:AlternateContent": Story._alternatives,
    "m:oMath": Story._formula,
}
