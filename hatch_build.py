"""Prepares the rules and tables for a fast start when a wheel is built; YAML stays the source of truth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PREPARE = """
import sys
from pathlib import Path
from healthlint import checks, packfile, tables
folder = tables.rules_folder()
rules = packfile.read(sorted(folder.glob("*.yaml")), checks.CHECKS)
Path(sys.argv[1]).write_bytes(tables.prepare(folder, rules))
"""


class PrepareCatalogue(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `healthlint/rules/catalogue.bin` to a wheel; an editable installation reads the YAML files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file in the build folder. Sets of words are stored in hash order, so the hash seed is fixed."""
        if version == "editable":
            return
        target = Path(self.directory) / "catalogue.bin"
        target.parent.mkdir(parents=True, exist_ok=True)
        places = os.pathsep.join([str(Path(self.root) / "src"), *sys.path])
        environment = {**os.environ, "PYTHONPATH": places, "PYTHONHASHSEED": "0"}
        subprocess.run([sys.executable, "-c", PREPARE, str(target)], check=True, env=environment)
        build_data["force_include"][str(target)] = "healthlint/rules/catalogue.bin"
