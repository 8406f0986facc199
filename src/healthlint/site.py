"""What a folder of articles shows by itself: the generator, where the articles are, and which keys they use."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from healthlint.analysis.about import PARTS, part_of, plain
from healthlint.config import Config, matches
from healthlint.document import Field
from healthlint.files import find
from healthlint.formats import parse
from healthlint.namedtuples import NamedTuple
from healthlint.text import Source


class Generator(NamedTuple):
    """A static-site generator: the files that give it away, where it keeps articles, what it makes, what are templates.

    Names are shell patterns and patterns of .gitignore files, relative to the folder of the site.
    """

    name: str
    signs: tuple[str, ...]
    content: tuple[str, ...]
    made: tuple[str, ...]
    templates: tuple[str, ...] = ()


GENERATORS = (
    Generator(
        "Hugo",
        ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/*", "archetypes/*"),
        ("content",),
        ("/public/", "/resources/"),
        ("/layouts/", "/themes/", "/archetypes/"),
    ),
    Generator(
        "Docusaurus",
        ("docusaurus.config.*",),
        ("docs", "blog", "src/pages"),
        ("/build/",),
    ),
    Generator("Astro", ("astro.config.*",), ("src/content", "src/pages"), ("/dist/",), ("/src/components/",)),
    Generator(
        "Eleventy",
        (".eleventy.js", "eleventy.config.*"),
        (),
        ("/_site/",),
        ("_includes/", "_layouts/"),
    ),
    Generator(
        "Jekyll",
        ("_config.yml", "_config.yaml", "_posts/*"),
        (),
        ("/_site/",),
        ("/_layouts/", "/_includes/", "/vendor/"),
    ),
    Generator(
        "WordPress export",
        ("wp-content", "wp-includes", "*/wp-content", "wp-json"),
        (),
        ("wp-content/", "wp-includes/", "wp-json/", "/feed/", "/category/", "/tag/", "/author/", "/page/"),
    ),
)
"""The first of these whose sign is there is the generator. Sources: the documentation of each on its folders."""
NO_GENERATOR = Generator("", (), (), ("/public/", "/_site/", "/dist/", "/build/"))
PROJECT = re.compile(
    r"(readme|change-?log|changes|history|contributing|code[-_]of[-_]conduct|security|support|governance|maintainers"
    r"|authors|contributors|licen[cs]e|copying|notice|pull_request_template)([-_.].*)?\.(md|markdown|mdx|txt|html?)",
    re.IGNORECASE,
)
"""Files about the project beside its articles: such names in its uppermost folder, and licences anywhere."""
_LICENCE = re.compile(r"(licen[cs]e|copying|notice)([-_.].*)?\.(md|markdown|mdx|html?)", re.IGNORECASE)
_EXPORTED = re.compile(rb"<meta name=\"generator\" content=\"WordPress|^(?:wordpress_id|post_id|wp_id):", re.MULTILINE)
_CONTAINERS = frozenset("app apps astro client frontend lib packages site source src static web website www".split())
_READ = 500
"""So many articles are read for the keys of their front matter, spread evenly over all."""


class Site(NamedTuple):
    """What a folder shows. Paths are relative to it, with `/`; `content` are folders (`.`: the folder itself).

    `exclude` pairs patterns with the reason. `keys` counts the articles that have each known part; `guessed` are keys
    that are not known and seem to mean a part, with the number of articles. `left_out` would be read without `exclude`.
    """

    generator: str
    content: tuple[str, ...]
    exclude: tuple[tuple[str, str], ...]
    articles: int
    read: int
    keys: dict[str, int]
    guessed: tuple[tuple[str, str, int], ...]
    left_out: tuple[str, ...]


def look(folder: str) -> Site:
    """What the folder shows. Nothing is written, and nothing beside the articles is read."""
    everything = [os.path.relpath(path, folder).replace(os.sep, "/") for path in _articles(folder)]
    generator = _generator(folder, everything)
    exclude = tuple(_exclude(folder, generator, everything))
    patterns = tuple(pattern for pattern, _ in exclude)
    kept = [path for path in everything if not matches(patterns, path)]
    content = _content(generator, kept)
    articles = [path for path in kept if "." in content or path.startswith(tuple(f"{top}/" for top in content))]
    chosen = articles[:: len(articles) // _READ + 1]
    keys, guessed = _keys(folder, chosen)
    left_out = tuple(path for path in everything if path not in set(kept))
    return Site(generator.name, content, exclude, len(articles), len(chosen), keys, guessed, left_out)


def _articles(folder: str) -> list[str]:
    return [found.path for found in find([folder], lambda path: Config()) if not (found.problem or found.skipped)]


def _generator(folder: str, articles: Iterable[str]) -> Generator:
    place = Path(folder)
    for generator in GENERATORS:
        if any(next(place.glob(sign), None) for sign in generator.signs):
            return generator
    exported = (path for path in list(articles)[:20] if _EXPORTED.search(_bytes(place / path)[:20_000]))
    return GENERATORS[-1] if next(exported, None) else NO_GENERATOR


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _exclude(folder: str, generator: Generator, articles: list[str]) -> Iterator[tuple[str, str]]:
    """The patterns of what is there and no article."""
    maker = generator.name or "a build"
    for pattern in generator.made:
        if _is_made(folder, pattern, articles, certain=bool(generator.name)):
            yield pattern, f"made by {maker}"
    for pattern in generator.templates:
        if os.path.isdir(os.path.join(folder, pattern.strip("/"))):
            yield pattern, "templates"
    for path in articles:
        name = path.rpartition("/")[2]
        if (path == name and PROJECT.fullmatch(name)) or _LICENCE.fullmatch(name):
            yield "/" + _escaped(path), "about the project"


def _is_made(folder: str, pattern: str, articles: list[str], *, certain: bool) -> bool:
    """Whether a folder is there, holds what a generator makes (pages of HTML), and is not all there is."""
    inside = [path for path in articles if matches((pattern,), path)]
    if not inside:
        return certain and os.path.isdir(os.path.join(folder, pattern.strip("/")))
    pages = all(path.lower().endswith((".html", ".htm", ".txt")) for path in inside)
    return len(inside) < len(articles) and (certain or pages)


def _escaped(path: str) -> str:
    """The path as a pattern that matches nothing else."""
    return re.sub(r"([\\*?\[!#])", r"\\\1", path)


def _content(generator: Generator, articles: list[str]) -> tuple[str, ...]:
    """The folders with the articles: those that the generator names, else as few as hold all."""
    named = tuple(top for top in generator.content if any(path.startswith(f"{top}/") for path in articles))
    if named or not articles:
        return named or (".",)
    if any("/" not in path for path in articles):
        return (".",)
    return tuple(sorted(_tops("", articles)))


def _tops(above: str, articles: Iterable[str]) -> Iterator[str]:
    """The uppermost folders with articles in them; those that hold code as well are looked into."""
    inside: dict[str, list[str]] = {}
    for path in articles:
        inside.setdefault(path[len(above) :].partition("/")[0], []).append(path)
    for name, paths in inside.items():
        folder = above + name
        if name in _CONTAINERS and all("/" in path[len(folder) + 1 :] for path in paths):
            yield from _tops(f"{folder}/", paths)
        else:
            yield folder


_GUESSES = {
    "next_review": re.compile(r"next(?:medical)?(?:review|check)|review(?:due|again)"),
    "reviewer": re.compile(r"(?:review|check|verifi|approv|vett)(?:ed)?by|reviewer$|factchecker$"),
    "author": re.compile(r"writer$|(?:^|\.)(?:post)?authors?(?:name)?$|writtenby|author\.(?:full|display)name"),
    "disclaimer": re.compile(r"disclaimer"),
    "sources": re.compile(r"^(?:studies|evidence|literature|papers|further_?reading)$|source(?:s|list)$|references?$"),
    "date": re.compile(r"date|updat|modif|publish|posted|review|creat|checked|revised"),
}
"""How keys that are not known may look, as `about.plain` compares them; the first part that fits is taken."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_NO_DATE = re.compile(r"expir|event|birth|start|end|unpublish")
_POINTER = re.compile(r"https?://|\b10\.\d{4,}/|\S+ \S+ \S+")


def _keys(folder: str, articles: Iterable[str]) -> tuple[dict[str, int], tuple[tuple[str, str, int], ...]]:
    known: Counter[str] = Counter()
    guessed: Counter[tuple[str, str]] = Counter()
    for path in articles:
        fields = _fields(os.path.join(folder, path))
        known.update({part for part in map(part_of, (field.key for field in fields)) if part})
        guessed.update({(guess, field.key) for field in fields if (guess := _guess(field))})
    ordered = sorted(guessed.items(), key=lambda item: (PARTS.index(item[0][0]), -item[1], item[0][1]))
    return {part: known[part] for part in PARTS if known[part]}, tuple((*key, count) for key, count in ordered)


def _fields(path: str) -> tuple[Field, ...]:
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    return parse(Source(path, text)).fields if text.lstrip("\ufeff").startswith(("---", "+++")) else ()


def _guess(field: Field) -> str:
    """The part that a key seems to mean that is not known, or nothing."""
    key = plain(field.key)
    if part_of(field.key) or field.key.startswith("healthlint"):
        return ""
    part = next((part for part, pattern in _GUESSES.items() if pattern.search(key)), "")
    if part in ("date", "next_review") and (_NO_DATE.search(key) or not _DAY.search(field.value)):
        return ""
    if part == "sources" and not _POINTER.search(field.value):
        return ""
    return "" if field.value.lower() in ("true", "false") else part
