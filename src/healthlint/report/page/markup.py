"""Text as HTML, and nothing else than text; names for places; small pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from healthlint.report.text import escaped

SEVERITIES = ("error", "warning", "info")
SEVERITY_WORDS = {"error": "Error", "warning": "Warning", "info": "Note"}
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")
_NOT_HTML = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
WIDTH, HEIGHT = 240, 14
_NUMBER = ' class="number"'


def words(text: str) -> str:
    """Text as HTML, for content and for quoted attributes: no character of it is markup or turns the writing round."""
    plain = escaped(text.replace("\r\n", "\n").replace("\r", "\n"))
    return html.escape(_NOT_HTML.sub(lambda match: f"\\u{ord(match.group()):04x}", plain))


def flat(text: str) -> str:
    """Text as HTML in one line."""
    return words(" ".join(text.split()))


def anchor(kind: str, name: str) -> str:
    """The id or class of something: letters, digits and hyphens, whatever the name is made of."""
    return f"{kind}-{_NOT_A_NAME.sub('-', name)}"


def spaced(name: str) -> str:
    """The name of a rule as words for people."""
    return name.replace("-", " ")


def counted(count: int, noun: str) -> str:
    """The number with its noun."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def table(name: str, heads: Sequence[str], rows: Iterable[tuple[str, Sequence[object], str]], caption: str = "") -> str:
    """A table with a name for each row, numbers, and a picture; it can be scrolled sideways where it is too wide.

    `name` is the id of the heading or caption that says what it is about; `heads` stand above names and numbers.
    """
    above = "".join(f'<th scope="col"{_NUMBER if place else ""}>{head}</th>' for place, head in enumerate(heads))
    lines = []
    for first, numbers, picture in rows:
        cells = "".join(f"<td{_NUMBER}>{one}</td>" for one in numbers)
        lines.append(f'<tr><th scope="row">{first}</th>{cells}<td>{picture}</td></tr>')
    caption = f'<caption id="{name}">{caption}</caption>' if caption else ""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-labelledby="{name}"><table>{caption}'
        f"<thead><tr>{above}<td></td></tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def bar(parts: Sequence[tuple[str, float]], most: float, ticks: Iterable[float] = (), width: int = WIDTH) -> str:
    """A bar of parts, each with a class and a size, on a scale that ends at `most`; a thin line at each tick.

    It is for the eye only: what it shows stands beside it in numbers.
    """
    scale = width / (most or 1)
    drawn, left = [], 0.0
    for kind, size in parts:
        part = min(max(size, 0) * scale, width - left)
        drawn.append(f'<rect class="{kind}" x="{left:.1f}" y="1" width="{part:.1f}" height="{HEIGHT - 2}"/>')
        left += part
    drawn += [f'<path class="tick" d="M{tick * scale:.1f} 0V{HEIGHT}"/>' for tick in ticks if tick < most]
    shape = f'width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" preserveAspectRatio="none"'
    return f'<svg class="bar" aria-hidden="true" focusable="false" {shape}>{"".join(drawn)}</svg>'
