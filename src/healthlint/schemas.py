"""JSON Schemas (draft 7, which every editor knows) of the files that people write: configurations, rule packs, tables.

They are made from what the strict readers take. Some things only the readers know: whether a phrase is well formed,
what a check says to the values of its options, and which rules are in packs (`packs:`). In spelling the schemas are
stricter: ids and families in capitals.
"""

from __future__ import annotations

import types
import typing
from typing import Any, Literal

from healthlint import checks, packfile, tablefile
from healthlint.analysis.about import KEYS as FRONT_MATTER
from healthlint.analysis.guards import GUARDS
from healthlint.analysis.segments import Segment
from healthlint.catalogue import builtin_rules, parameters
from healthlint.config import JURISDICTIONS, LEVELS, PROFILES, THRESHOLDS
from healthlint.patterns import PLACES

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_RULES: Schema = {"$ref": "#/definitions/rules"}
_RULE: Schema = {"$ref": "#/definitions/rule"}
_OWN_RULE = rf"^([A-Z]{{4}}(-\d{{3}})?|{packfile.NAME.pattern})$"
_SCALARS = {int: "integer", float: "number", bool: "boolean", str: "string"}


def config_schema() -> Schema:
    """The schema of `healthlint.yaml`."""
    steps = {
        "select": _told(_RULES, "Rules that are on: ids, names or families. Without it, all."),
        "ignore": _told(_RULES, "Rules that are off."),
        "profile": _choice(PROFILES, "Whom the articles are for."),
        "jurisdiction": _choice(JURISDICTIONS, "Whose medicines law holds."),
        "severities": _severities(),
        "rules": {"$ref": "#/definitions/options"},
    }
    override = _object({"files": _told(_texts(), "The articles it holds for."), **steps}, required=("files",))
    properties = {
        **steps,
        "packs": _told(_texts(), "Rules of your own: files, folders, and names of installed packs."),
        "overrides": {**_list(override), "description": "Settings for some files; a later one wins."},
        "exclude": _told(_texts(), "Patterns, as in .gitignore files, of files that are left out."),
        "suppressions": {**_list(_suppression()), "description": "Findings that are let stand."},
        "baseline": _told(_TEXT, "The file of known findings, written by 'healthlint baseline'."),
        "disclaimer": _told(_TEXT, "The sentence that --fix adds where DISC-001 misses one."),
        "front_matter": _object(
            {part: _texts() for part in FRONT_MATTER}, "Keys of the front matter, by what they hold."
        ),
        "fail_on": _choice(THRESHOLDS, "The run fails at findings of this severity."),
        "max_warnings": {"type": "integer", "minimum": 0, "description": "The run fails when there are more warnings."},
    }
    rules = builtin_rules()
    single = [word for rule in rules for word in (rule.id, rule.name)]
    words = [*dict.fromkeys(rule.family for rule in rules), *single]
    known, own = {"enum": words}, {"type": "string", "pattern": _OWN_RULE}
    rule = {"anyOf": [known, own]}
    definitions = {
        "rule": rule,
        "known": known,
        "single": {"enum": single},
        "rules": _texts(_RULE),
        "nothing": _object({}),
        "options": _options(),
    }
    schema = {**_object(properties), "type": ["object", "null"], **_without_packs()}
    return _file("healthlint configuration", schema, definitions)


def _without_packs() -> Schema:
    """Where no packs are named, there are no rules but those that come with healthlint."""
    known: Schema = {"$ref": "#/definitions/known"}
    steps = {"select": _texts(known), "ignore": _texts(known)}
    steps["severities"] = {"propertyNames": known}
    steps["rules"] = {"propertyNames": {"$ref": "#/definitions/single"}}
    overrides = {"items": {"properties": steps}}
    return {"if": {"not": {"required": ["packs"]}}, "then": {"properties": {**steps, "overrides": overrides}}}


def pack_schema() -> Schema:
    """The schema of a rule pack."""
    rule: Schema = {
        "id": {"type": "string", "pattern": r"^[A-Z]{4}-\d{3}$", "description": "For example HYPE-099."},
        "name": {**_TEXT, "pattern": f"^{packfile.NAME.pattern}$", "description": "Can be used in place of the id."},
        "severity": _severity(),
        "trust": _choice(("high", "medium", "low"), "The share of fair findings that you expect."),
        "why": _told(_TEXT, "What the problem does to readers."),
        "help": _told(_TEXT, "What to write instead."),
        "message": _told(_TEXT, "One sentence for the writer; {match} is what was found."),
        "sources": _told(_texts(least=1), "The standards and papers that say so."),
        "examples": _examples(),
        **_group(),
        "groups": _list(_object(_group()), least=1),
        "check": _choice(sorted(checks.CHECKS), "A Python function, in place of phrases."),
        "profiles": _object({profile: _choice(LEVELS) for profile in PROFILES}, "The most that a finding can weigh."),
    }
    schema = _object({key: rule[key] for key in packfile.KEYS}, required=packfile.REQUIRED)
    grouped = {"properties": {"groups": {"items": {"required": ["phrases"]}}}, "required": ["groups"]}
    schema["oneOf"] = [{"required": ["check"]}, {"anyOf": [{"required": ["phrases"]}, grouped]}]
    return _file("healthlint rule pack", _list(schema), {})


def table_schema() -> Schema:
    """The schema of a data table."""
    date = {"type": "string", "pattern": f"^{tablefile.DATE}$"}
    dates = {
        "as_of": _told(date, "The day on which it was true."),
        "review_by": _told(date, "Look at it again by then."),
    }
    phrases = {key: _told(_list(_TEXT), "Phrases.") for key in tablefile.PHRASES}
    known = {"name": _TEXT, **phrases, "source": _told(_TEXT, "Where it is from."), **dates}
    entry = {"type": "object", "properties": known, "required": ["name"]}
    head = {
        "about": _told(_TEXT, "What the table holds."),
        "source": _told(_TEXT, "For the entries that name none."),
        **dates,
        "entries": _list(entry, least=1),
        "start": {"type": "array", "items": {"type": "number"}},
        "cues": {"type": "object"},
    }
    sourced = {"properties": {"entries": {"items": {"anyOf": [{"required": [key]} for key in tablefile.SOURCES]}}}}
    schema = _object({key: head[key] for key in tablefile.HEAD}, required=tablefile.REQUIRED)
    schema["allOf"] = [
        {"anyOf": [{"required": ["entries"]}, {"required": ["cues"]}]},
        {"anyOf": [{"required": ["source"]}, sourced]},
    ]
    return _file("healthlint table", schema, {})


SCHEMAS = {"config": config_schema, "pack": pack_schema, "table": table_schema}


def _file(title: str, schema: Schema, definitions: Schema) -> Schema:
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    return {**head, **schema, **({"definitions": definitions} if definitions else {})}


def _told(schema: Schema, description: str) -> Schema:
    """The schema with a description, which draft 7 does not read beside a reference."""
    return (
        {"description": description, "allOf": [schema]} if "$ref" in schema else {**schema, "description": description}
    )


def _choice(words: typing.Iterable[str], description: str = "") -> Schema:
    return {"enum": list(words), **({"description": description} if description else {})}


def _list(schema: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": schema, **({"minItems": least} if least else {})}


def _texts(schema: Schema = _TEXT, least: int = 0) -> Schema:
    """A list, or one alone."""
    return {"anyOf": [schema, _list(schema, least)]}


def _object(properties: Schema, description: str = "", required: typing.Iterable[str] = ()) -> Schema:
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    schema |= {"required": [*required]} if required else {}
    return {**schema, **({"description": description} if description else {})}


def _severities() -> Schema:
    told = "The severity that every finding of a rule, a name or a family is given."
    return {
        "type": "object",
        "propertyNames": _RULE,
        "additionalProperties": _choice(LEVELS),
        "description": told,
    }


def _options() -> Schema:
    """The options of single rules, by id and by name."""
    properties: Schema = {}
    for rule in builtin_rules():
        options = {name: _typed(kind) for name, kind in parameters(rule).items()}
        schema = _object(options) if options else {"$ref": "#/definitions/nothing"}
        properties |= {rule.id: schema, rule.name: schema}
    told = "Options of single rules; 'healthlint explain RULE' lists them."
    return {**_object(properties, told), "additionalProperties": {"type": "object"}}


def _typed(kind: Any) -> Schema:
    """The values that `strict.Value.typed` takes for a kind, written without quotation marks."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_typed(part) for part in parts]}
    if origin is Literal:
        return _choice(str(part) for part in parts)
    if origin is tuple:
        return _texts(_typed(parts[0]))
    return {"type": "null"} if kind is type(None) else {"type": _SCALARS[kind]}


def _suppression() -> Schema:
    properties = {
        "allow": _told(_texts(least=1), 'Rules, or one match only: HYPE-001["landmark"].'),
        "files": _told(_texts(), "The files it holds for; without them, all."),
        "until": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$", "description": "The last day on which it holds."},
        "reason": _told(_TEXT, "Why it is right to stay."),
    }
    return _object(properties, required=("allow", "reason"))


def _severity() -> Schema:
    level = _choice(LEVELS[1:])
    return {"anyOf": [level, {**_object(dict.fromkeys(PLACES, level)), "minProperties": 1}]}


def _group() -> Schema:
    """What the groups of a rule have, and a rule for all of its groups."""
    guards = _told(_texts(_choice(GUARDS)), "Reasons to stay silent.")
    group: Schema = {
        "phrases": _told(_texts(), "What is looked for, in the phrase language."),
        "unless": _told(_texts(), "Phrases that excuse a hit which overlaps them."),
        "beside": _told(_texts(), "Phrases of which one must stand in the same sentence."),
        "keep": _told(_texts(), "What stays of a hit that ends with it when the rest is deleted: a suggestion."),
        "in": _told(_texts(_choice(place.value for place in Segment)), "Where phrases count."),
        "guards": guards,
        "softeners": {**guards, "description": "Guards that only lower a hit by one level."},
        "severity": _severity(),
    }
    return {key: group[key] for key in packfile.GROUP_KEYS}


def _examples() -> Schema:
    formats = _texts(_choice(packfile.FORMATS))
    texts: dict[str, Schema] = {"fires": {"pattern": "<<"}, "silent": {"not": {"pattern": "<<"}}}
    lists = {}
    for key, marked in texts.items():
        text = {**_TEXT, **marked}
        whole = _object({"text": text, "formats": formats}, required=("text",))
        lists[key] = _list({"anyOf": [text, whole]}, least=1)
    return _object(lists, "Texts; what fires is marked, The <<best>> diet.", required=("fires", "silent"))
