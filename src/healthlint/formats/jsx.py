"""What is not Markdown in MDX: imports and exports, `{expressions}`, and the tags of components.

The prose inside of components stays. Tags of HTML (lower case) keep their meaning: a cut carries them along.
"""

from __future__ import annotations

import re

from healthlint.builder import Builder
from healthlint.expressions import expression
from healthlint.formats import exported
from healthlint.formats.cuts import BREAK, CODE, DIRECTIVE, Cut, Scanner

_START = expression(
    rf"{CODE}|{DIRECTIVE}"
    r"|(?P<module>(?:import|export)\b(?=[\s{*\"']))"
    r"|(?P<comment><!--(?:[^<-]|-(?!->)|<(?!!--))*+-->)"
    r"|<[A-Za-z][\w+.-]*:[^\s<>{}\"']*>|<[^\s<>@{}\"']+@[^\s<>@{}\"']+>"  # an address in angle brackets is a link
    r"|(?P<tag><(?P<slash>/?)(?P<name>[A-Za-z][\w.:-]*|(?=>)))"
    r"|\\[<{]|(?P<brace>\{)"
)
_EXPRESSION = expression(
    r"/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/|//[^\n]*|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\[\s\S])*+`|[{}]"
)
_MODULE = expression(
    r"/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\[\s\S])*+`|[(\[{]|[)\]}]"
    r"|(?P<blank>\n[ \t]*\r?(?=\n|\Z))"
)
_IN_TAG = expression(r"[^\"'{}<>]++|\"[^\"]*+\"|'[^']*+'|(?P<brace>\{)|(?P<end>>)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def cuts(builder: Builder, text: str) -> list[Cut]:
    """What is to be cut out of the text, in order; what it is, is counted as unchecked, and comments are kept."""
    scan = _Scan(builder, text)
    found = scan.run()
    unread, last = [], 0
    for start, end in scan.read:
        unread += [text[last:start], _READ * (end - start)]
        last = end
    blanked = "".join([*unread, text[last:]])
    for cut in found:
        builder.skip("components", blanked[cut.start : cut.end])
    return found


_READ = "_"
"""Stands for a character that was read as prose, so that its words are not counted; a string stays one word."""


class _Scan:
    def __init__(self, builder: Builder, text: str) -> None:
        self.builder = builder
        self.text = text
        self.scanner = Scanner(text)
        self.found: list[Cut] = []
        self.closers: dict[int, int] = {}
        self.balanced = True
        self.closed = -1
        self.read: list[tuple[int, int]] = []

    def run(self) -> list[Cut]:
        at = 0
        while match := _START.search(self.text, at):
            at = max(self._cut(match), match.end())
        return self.found

    def _cut(self, match: re.Match[str]) -> int:
        """Note what is cut at the match; returns where to go on."""
        if match["code"]:
            return self.scanner.code_end(match)
        if match["tag"]:
            return self._tag(match)
        if match["brace"]:
            return self._expression(match.start())
        if match["directive"]:
            self.found.extend(self.scanner.directive(match))
            return self.found[-1].end if self.found else 0
        if match["comment"]:
            self._comment(match.start(), match.end(), match["comment"][4:-3])
        elif match["module"] and self._may_be_module(match.start()):
            end = self._module_end(match.end())
            if exported.START.match(self.text, match.start()):
                self.read += exported.read(self.builder, match.start(), end)
            self.found.append(Cut(match.start(), end))
            return end
        return 0

    def _comment(self, start: int, end: int, words: str) -> None:
        self.builder.comment(words.strip(), start, end)
        self.found.append(Cut(start, end))

    def _expression(self, start: int) -> int:
        end = self._closer(start)
        if end < 0:
            return 0
        inner = self.text[start + 1 : end - 1].strip()
        if inner.startswith("/*") and inner.endswith("*/"):
            self._comment(start, end, inner[2:-2])
        else:
            self.found.append(Cut(start, end, " "))
        return end

    def _closer(self, start: int) -> int:
        """Where the brace at `start` is closed, or -1; each brace is looked at once."""
        if start not in self.closers:
            opened: list[int] = []
            for token in _EXPRESSION.finditer(self.text, start):
                if token.group() == "{":
                    opened.append(token.start())
                elif token.group() == "}":
                    self.closers[opened.pop()] = token.end()
                    if not opened:
                        break
            self.closers.update(dict.fromkeys(opened, -1))
        return self.closers[start]

    def _tag(self, match: re.Match[str]) -> int:
        at = match.end()
        braces: list[tuple[int, int]] = []
        while (part := _IN_TAG.match(self.text, at)) and not part["end"]:
            at = part.end()
            if part["brace"]:
                at = self._closer(part.start())
                if at < 0:
                    return 0
                braces.append((part.start(), at))
        if not part:
            return 0
        self.found.append(Cut(match.start(), part.end(), self._markup(match, part.end(), braces)))
        return part.end()

    def _markup(self, match: re.Match[str], end: int, braces: list[tuple[int, int]]) -> str:
        """The tag as HTML, of the same length; two components side by side are two blocks."""
        name, start, closing = match["name"], match.start(), bool(match["slash"])
        if not name[:1].islower() or "." in name or ":" in name:
            beside = self.closed >= 0 and not closing and not self.text[self.closed : start].strip()
            self.closed = end if closing or self.text[end - 2] == "/" else -1
            return BREAK if beside else ""
        if self.text[end - 2] == "/" and name not in _VOID:
            return BREAK
        markup = self.text[start:end]
        for first, last in braces:
            markup = markup[: first - start] + " " * (last - first) + markup[last - start :]
        return markup

    def _may_be_module(self, start: int) -> bool:
        """Whether an import or export can stand here: after a blank line or another one, not within a paragraph."""
        if self.found and self.found[-1].end >= start - 2 and not self.text[self.found[-1].end : start].strip():
            return True
        line = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        return start == 0 or not self.text[line:start].strip()

    def _module_end(self, at: int) -> int:
        """Where the code ends: at the first blank line outside of all brackets."""
        depth, first = 0, -1
        for token in _MODULE.finditer(self.text, at):
            if token["blank"] is not None:
                first = token.start() if first < 0 else first
                if depth <= 0 or not self.balanced:
                    return token.start()
            elif token.group() in "([{":
                depth += 1
            elif token.group() in ")]}":
                depth -= 1
        self.balanced = self.balanced and depth <= 0
        return first if first >= 0 and depth > 0 else len(self.text)
