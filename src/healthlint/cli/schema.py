"""`healthlint schema config|pack|table`: the JSON Schema of a kind of file, for editors and other checks."""

from __future__ import annotations

import json

from healthlint.cli.arguments import UsageError, command_parser
from healthlint.schemas import SCHEMAS
from healthlint.strict import hint


def main(words: list[str]) -> int:
    """Print the schema. Raises UsageError."""
    kinds = ", ".join(SCHEMAS)
    parser = command_parser("schema", f"The JSON Schema of a configuration, a rule pack or a table ({kinds}).")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=kinds)
    options = parser.parse(words)
    if len(options.kinds) != 1:
        raise UsageError(f"say which schema to print: {kinds}; for example 'healthlint schema config'")
    kind = options.kinds[0]
    if kind not in SCHEMAS:
        raise UsageError(f"there is no schema '{kind}'{hint(kind, SCHEMAS) or f'; there are {kinds}'}")
    print(text(kind), end="")
    return 0


def text(kind: str) -> str:
    """The schema as it is printed and stored."""
    return json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=1) + "\n"
