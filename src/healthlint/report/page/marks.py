"""Which words of an article belong to which findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from healthlint.document import Block, Document
from healthlint.engine import Finding
from healthlint.namedtuples import NamedTuple


class Marked(NamedTuple):
    """A block in parts, each with its text, the numbers of the findings it belongs to, and of those that end with it.

    `begin` are the findings whose first words stand in this block.
    """

    block: Block
    parts: tuple[tuple[str, frozenset[int], tuple[int, ...]], ...]
    begin: tuple[int, ...]


def marked_blocks(document: Document, findings: Sequence[Finding]) -> list[Marked]:
    """The blocks of a document in order, cut where findings begin and end. Findings are known by their number."""
    begun: set[int] = set()
    result = []
    for block in document.blocks:
        ranges = _ranges(document, block, findings)
        begin = tuple(number for number in ranges if number not in begun)
        begun.update(begin)
        result.append(Marked(block, _parts(document.text, block, ranges), begin))
    return result


def _ranges(document: Document, block: Block, findings: Sequence[Finding]) -> dict[int, tuple[int, int]]:
    """For each finding that touches the block, the range of the document's text that it covers there."""
    spans = [document.prose.span(offset, offset + 1) for offset in range(block.start, block.end)]
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    ranges = {}
    for number, finding in enumerate(findings):
        if finding.start >= high or finding.end <= low:
            continue
        hit = [at for at, span in enumerate(spans) if span.start < finding.end and span.end > finding.start]
        if hit:
            ranges[number] = (block.start + hit[0], block.start + hit[-1] + 1)
    return ranges


def _parts(
    text: str, block: Block, ranges: dict[int, tuple[int, int]]
) -> tuple[tuple[str, frozenset[int], tuple[int, ...]], ...]:
    cuts = sorted({block.start, block.end, *(place for pair in ranges.values() for place in pair)})
    return tuple(
        (
            text[start:end],
            frozenset(number for number, (first, last) in ranges.items() if first < end and last > start),
            tuple(number for number, (_, last) in ranges.items() if last == end),
        )
        for start, end in pairwise(cuts)
    )
