"""From rule packs to rules: those that come with healthlint, prepared or read, and those of a user.

A pack of a user is a YAML file, a folder of them, or an installed package that offers one in the entry point group
`healthlint.packs`: a module beside whose `__init__.py` the YAML files lie, and whose `CHECKS`, if it has them, are the
functions in Python that its rules may name. A folder cannot bring Python: it may have come with the articles, and
whoever lints articles must not run code that lies beside them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from healthlint import expressions, prepared, tables
from healthlint.analysis import cues
from healthlint.analysis.segments import Segment
from healthlint.lexicon import Lexicon
from healthlint.namedtuples import NamedTuple
from healthlint.patterns import Group, PhraseCheck
from healthlint.phrases import Phrases, labelled
from healthlint.rule import Check, Example, Rule, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from healthlint.wordsets import WordSet

ENTRY_POINTS = "healthlint.packs"
"""The entry point group in which installed packages name their packs."""
_SUFFIXES = (".yaml", ".yml")


class UnknownPack(ValueError):
    """A pack that is not there or cannot be loaded; the message is for the user."""


class Pack(NamedTuple):
    """Where a pack lies: its files of rules, those of its word sets, and the functions that its rules may name."""

    files: tuple[Path, ...]
    tables: tuple[Path, ...] = ()
    checks: Mapping[str, Check] = {}


def builtin(checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules that come with healthlint, by id; prepared when the package was built, else read from their files.

    Raises strict.Mistake.
    """
    read = prepared.part("rules")
    return load(_own(), checks) if read is None else _rules(read, checks, tables.lexicon())


def load(paths: Iterable[Path], checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules of some packs, by id; `checks` are the functions that a rule may name. Raises strict.Mistake."""
    lexicon = tables.lexicon()
    return _rules(_read(paths, checks, lexicon), checks, lexicon)


def prepare(checks: Mapping[str, Check], *, checkout: bool = False) -> bytes:
    """The rules and tables that come with healthlint in a form that loads fast; for a package that is being built.

    In a `checkout` it serves as long as nobody edits what it is made from. Raises strict.Mistake.
    """
    lexicon, numbers = tables.compiled()
    rules = _read(_own(), checks, lexicon)
    parts = {"rules": rules, **tables.parts(lexicon, numbers), **cues.parts(), **expressions.parts()}
    return prepared.written(parts, prepared.files_state() if checkout else None)


def _own() -> list[Path]:
    return sorted(prepared.rules_folder().glob("*.yaml"))


def _read(paths: Iterable[Path], checks: Mapping[str, Check], lexicon: Lexicon) -> list[dict[str, Any]]:
    """Rules as plain values, with the numbers of their sets of phrases in the lexicon."""
    from healthlint import packfile  # not needed where rules are prepared

    return _numbered(packfile.read(paths, checks), lexicon)


def _numbered(rules: list[dict[str, Any]], lexicon: Lexicon) -> list[dict[str, Any]]:
    numbers: dict[tuple[str, ...], int] = {}  # what groups share is added, and looked for, once
    for group in (group for rule in rules for group in rule["groups"]):
        for key in ("phrases", "unless", "beside", "keep"):
            phrases = tuple(group[key])
            if phrases and phrases not in numbers:
                numbers[phrases] = lexicon.add(labelled(phrases))
            group[key] = numbers.get(phrases)
    return rules


def load_pack(pack: Pack, taken: Mapping[str, str]) -> tuple[tuple[Rule, ...], tuple[WordSet, ...]]:
    """The rules and word sets of a pack; `taken` as in `packfile.read`. Raises strict.Mistake."""
    from healthlint import packfile, wordsets

    sets = wordsets.read(pack.tables)
    keys = {one.name: one.key for one in sets}
    lexicon = Lexicon()
    rules: list[Rule] = []
    for path in pack.files:
        ours = {word: f"{rule.pack}:{rule.line}" for rule in rules for word in (rule.id, rule.name)}
        read = _numbered(packfile.read([path], pack.checks, taken={**taken, **ours}, sets=keys), lexicon)
        rules.extend(rule._replace(pack=str(path)) for rule in _rules(read, pack.checks, lexicon))
    return tuple(rules), tuple(sets)


def is_path(name: str) -> bool:
    """Whether a pack is a file or folder: its name has a slash or ends in `.yaml`. Else an installed package has it."""
    return "/" in name or os.sep in name or name.endswith(_SUFFIXES)


def locate(name: str) -> Pack:
    """The pack with this name (see `is_path`). Raises UnknownPack."""
    from pathlib import Path

    return _on_disk(Path(name)) if is_path(name) else _installed(name)


def _on_disk(path: Path) -> Pack:
    if not path.exists():
        raise UnknownPack(f"there is no file or folder '{path}'")
    folder = path if path.is_dir() else path.parent
    files = _yaml_files(path) if path.is_dir() else (path,)
    if not files:
        raise UnknownPack(f"there is no rule pack (*.yaml) in '{path}'")
    return Pack(files, _yaml_files(folder / "tables"))


def _yaml_files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for suffix in _SUFFIXES for path in folder.glob(f"*{suffix}")))


def _installed(name: str) -> Pack:
    from importlib.metadata import entry_points

    from healthlint.strict import hint

    offered = entry_points(group=ENTRY_POINTS)
    point = next((point for point in offered if point.name == name), None)
    if point is None:
        near = hint(name, [point.name for point in offered]) or f"; a file or folder is written './{name}'"
        raise UnknownPack(f"no installed package offers a pack '{name}'{near}")
    try:
        module = point.load()
        from pathlib import Path

        pack = _on_disk(Path(module.__file__).parent)
        return pack._replace(checks=dict(getattr(module, "CHECKS", {})))
    except Exception as error:  # whatever the code of others does when it is imported
        problem = f"{type(error).__name__}: {error}"
        raise UnknownPack(f"the installed pack '{name}' ({point.value}) cannot be loaded: {problem}") from error


def _rules(read: Iterable[dict[str, Any]], checks: Mapping[str, Check], lexicon: Lexicon) -> tuple[Rule, ...]:
    return tuple(_rule(values, checks, lexicon) for values in read)


def _rule(values: dict[str, Any], checks: Mapping[str, Check], lexicon: Lexicon) -> Rule:
    groups = tuple(_group(group, lexicon) for group in values["groups"])
    check: Check = checks[values["check"]] if values["check"] else PhraseCheck(groups)
    return Rule(
        **{key: values[key] for key in ("id", "name", "trust", "why", "help", "message", "profiles", "line")},
        severity=Severity(values["severity"]),
        sources=tuple(values["sources"]),
        examples=tuple(Example(*example) for example in values["examples"]),
        check=check,
    )


def _group(values: dict[str, Any], lexicon: Lexicon) -> Group:
    return Group(
        Phrases(lexicon, values["phrases"]),
        _optional(values["unless"], lexicon),
        _optional(values["beside"], lexicon),
        _optional(values["keep"], lexicon),
        frozenset(Segment(place) for place in values["in"]),
        values["guards"],
        values["softeners"],
        {place: Severity(level) for place, level in values["severity"].items()},
    )


def _optional(number: int | None, lexicon: Lexicon) -> Phrases | None:
    return None if number is None else Phrases(lexicon, number)
