"""Prepares rules, tables and regular expressions for a fast start when a wheel is built; YAML stays the source."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PREPARE = """
import sys
target, version, *sys.path = sys.argv[1:]
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from healthlint import analysis, checks, formats, packs, prepared, tablefile
for package in (analysis, checks, formats):  # they hold the regular expressions
    for module in walk_packages(package.__path__, package.__name__ + "."):
        import_module(module.name)
for path in sorted((prepared.rules_folder() / "tables").glob("*.yaml")):
    tablefile.check(path)
Path(target).write_bytes(packs.prepare(checks.CHECKS, checkout=version == "editable"))
"""


class PrepareCatalogue(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `healthlint/rules/catalogue.bin` to a wheel; in a checkout it serves until a rule or table is edited."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file, for a wheel in the build folder. Sets are stored in hash order, so the hash seed is fixed."""
        target = Path(self.root) / "rules" if version == "editable" else Path(self.directory)
        target = target / "catalogue.bin"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # the new one is made from the YAML files alone
        places = [str(Path(self.root) / "src"), *sys.path]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run([sys.executable, "-c", PREPARE, str(target), version, *places], check=True, env=environment)
        if version == "editable":  # pip compiles what a wheel brings, but nothing in a checkout
            compileall.compile_dir(Path(self.root) / "src", quiet=2)
        else:
            build_data["force_include"][str(target)] = "healthlint/rules/catalogue.bin"
