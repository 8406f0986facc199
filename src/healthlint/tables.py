"""Data tables (`rules/tables/*.yaml`): conditions, drugs, species, study designs, terms, word sets...

A table is reviewed like code: every entry has a `source`, the date `as_of` which it was true and a date `review_by`
which it must be looked at again; an entry inherits them from the head of its file.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, NamedTuple

from healthlint.phrases import Phrases

Entry = dict[str, Any]


class Table(NamedTuple):
    """The entries of a table, and their names and other names as phrases labelled with the entry's place."""

    entries: tuple[Entry, ...]
    phrases: Phrases


def rules_folder() -> Path:
    """The folder of the rule packs: inside the installed package, or beside `src` in a checkout."""
    here = Path(__file__).parent
    installed = here / "rules"
    return installed if installed.is_dir() else here.parents[1] / "rules"


@functools.cache
def read_yaml(path: Path) -> Any:
    """The content of a YAML file; parsed once in a process."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_bytes(), Loader=loader)


@functools.cache
def table(name: str) -> Table:
    """The table `rules/tables/<name>.yaml`. Raises FileNotFoundError if there is none."""
    content = read_yaml(rules_folder() / "tables" / f"{name}.yaml")
    defaults = {key: content[key] for key in ("source", "as_of", "review_by") if key in content}
    entries = tuple({**defaults, **entry} for entry in content["entries"])
    return Table(entries, Phrases.of((phrase, i) for i, entry in enumerate(entries) for phrase in _names(entry)))


SELECTIONS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "treatment": (("treatments", {}), ("drugs", {})),
    "animal": (("species", {"kind": "animal"}),),
    "cell": (("species", {"kind": "cell"}),),
    "computer": (("species", {"kind": "computer"}),),
    "curable": (("conditions", {"curable": True}),),
}
"""Names in braces that stand for several tables, or for the entries of one with certain values."""


@functools.cache
def names(name: str) -> Phrases:
    """The phrases that `{name}` stands for: a set of words.yaml, or the names of a table (`{condition}`).

    The phrases of a table are labelled with the entry's place in it.
    """
    words = _word_sets().get(name)
    if words is not None:
        return Phrases.of(words)
    if name not in SELECTIONS:
        return table(name + "s").phrases
    return Phrases.of(
        (phrase, place)
        for table_name, wanted in SELECTIONS[name]
        for place, entry in enumerate(table(table_name).entries)
        if all(entry.get(key) == value for key, value in wanted.items())
        for phrase in _names(entry)
    )


def _names(entry: Entry) -> list[str]:
    return [*([entry["name"]] if "phrases" not in entry else entry["phrases"]), *entry.get("also", [])]


@functools.cache
def _word_sets() -> dict[str, list[str]]:
    content = read_yaml(rules_folder() / "tables" / "words.yaml")
    return {entry["name"]: entry["words"] for entry in content["entries"]}
