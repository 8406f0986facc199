"""The runs of a Word file, divided so that each comment can begin and end at a whole one."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from healthlint.formats.word.paragraphs import Run
from healthlint.formats.word.story import Story
from healthlint.namedtuples import NamedTuple


class _Stretch(NamedTuple):
    """The range `start:end` of the text, and the run that holds it."""

    start: int
    end: int
    element: Any


class Body:
    """The runs of the body, whose paragraphs begin at `starts` of the text, divided at `bounds`."""

    def __init__(self, document: Any, story: Story, starts: Sequence[int], bounds: set[int]) -> None:
        self._document = document
        self._stretches: list[_Stretch] = []
        self._first: list[_Stretch] = []
        for start, paragraph in zip(starts, story.paragraphs, strict=False):
            if paragraph.boxed:
                continue
            first = len(self._stretches)
            for run in paragraph.runs:
                self._stretches.extend(_divided(run, start, bounds))
                start += len(run.text)
            if not self._first and paragraph.text.strip():
                self._first = self._stretches[first:]
        self._starts = [stretch.start for stretch in self._stretches]

    def ends(self, span: tuple[int, int] | None, element: Any) -> tuple[Any, Any]:
        """The first and the last run for a comment on a range, else on an element, else on the first words."""
        if span:
            return self._at(span[0]), self._at(span[1] - 1)
        if element is not None:
            run = list(element.iterancestors(qn("w:r")))[-1]
            return run, run
        if self._first:
            return self._first[0].element, self._first[-1].element
        paragraphs = self._document.paragraphs
        run = (paragraphs[0] if paragraphs else self._document.add_paragraph()).add_run()._r
        return run, run

    def _at(self, offset: int) -> Any:
        return self._stretches[bisect_right(self._starts, offset) - 1].element


def _divided(run: Run, start: int, bounds: set[int]) -> Iterator[_Stretch]:
    """Divide a run that begins at `start` of the text; without text it gives no stretch."""
    if not run.text:
        return
    end = start + len(run.text)
    cuts = sorted(bound for bound in bounds if start < bound < end)
    groups = _groups(run, start, cuts) if cuts else [(start, [])]
    element = run.element
    for number, (at, children) in enumerate(groups):
        if number:
            element = _twin(element, children)
        yield _Stretch(at, groups[number + 1][0] if number + 1 < len(groups) else end, element)


def _groups(run: Run, start: int, cuts: list[int]) -> list[tuple[int, list[Any]]]:
    """The children of a run, divided at the cuts, each group with its place; what is no text cannot be cut."""
    sizes: Counter[Any] = Counter()
    for part, text in run.parts:
        while part.getparent() is not run.element:
            part = part.getparent()
        sizes[part] += len(text)
    groups: list[tuple[int, list[Any]]] = [(start, [])]
    at = start
    for child in list(run.element):
        inner = [cut for cut in cuts if at < cut < at + sizes[child]] if child.tag == qn("w:t") else []
        for place, part in zip((at, *inner), _texts(child, [cut - at for cut in inner]), strict=True):
            if place in cuts and place > groups[-1][0]:
                groups.append((place, []))
            groups[-1][1].append(part)
        at += sizes[child]
    return groups


def _texts(element: Any, cuts: list[int]) -> list[Any]:
    """An element `w:t` and copies of it that hold what stands behind each cut."""
    if not cuts:
        return [element]
    text = element.text
    parts = [element, *(copy.deepcopy(element) for _ in cuts)]
    for part, (start, end) in zip(parts, pairwise((0, *cuts, len(text))), strict=True):
        part.text = text[start:end]
        part.set(qn("xml:space"), "preserve")
    return parts


def _twin(element: Any, children: list[Any]) -> Any:
    """A run that looks like another one, right behind it, with these children."""
    twin = OxmlElement("w:r", attrs=dict(element.attrib))
    look = element.find(qn("w:rPr"))
    if look is not None:
        twin.append(copy.deepcopy(look))
    twin.extend(children)
    element.addnext(twin)
    return twin
