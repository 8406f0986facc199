"""Paragraphs and runs: what a Word file is made of, as far as its text goes."""

from __future__ import annotations

from typing import Any

from healthlint.document import Kind


class Run:
    """A stretch of a paragraph that looks alike.

    `parts` are the children of its element that hold text, with it; `note` is the foot- or endnote that it refers to,
    such as "footnote 3", `target` where a link around it leads. Without an `element` it is one that was only read.
    """

    def __init__(self, element: Any, target: str) -> None:
        self.element = element
        self.target = target
        self.parts: list[tuple[Any, str]] = []
        self.note = ""
        self.set_off = False
        self.raised = False

    @property
    def text(self) -> str:
        """What the run says, one character for a tab or a break."""
        return "".join(text for _, text in self.parts)


class Paragraph:
    """A paragraph: its kind and level, its runs, and whether it stands in a text box.

    `goes_on`: its end was deleted, so the next paragraph goes on with it. `note` is the note that it belongs to.
    """

    def __init__(self, element: Any, kind: Kind, level: int, note: str = "") -> None:
        self.element = element
        self.kind = kind
        self.level = level
        self.note = note
        self.boxed = False
        self.goes_on = False
        self.runs: list[Run] = []

    @property
    def text(self) -> str:
        """What the paragraph says, in one line."""
        return "".join(run.text for run in self.runs)
