"""The wheel holds all that a run needs: no network, no home folder, nothing written."""

import _sre  # type: ignore[import-not-found]
import importlib.util
import json
import marshal
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from healthlint import checks, packs

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "tests" / "articles" / "000_29f788a374ee8e54.txt"
NO_NETWORK = """\
import socket

def refuse(*arguments, **options):
    raise SystemExit("the network was asked for something")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = refuse
"""


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert isinstance(done, subprocess.CompletedProcess)
    return done


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(project)]
    if importlib.util.find_spec("hatchling"):
        command.append("--no-isolation")
    else:
        request.getfixturevalue("_index")
    built = run(*command)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment with the wheel; its dependencies are those of this environment."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, symlinks=True, with_pip=False)
    names = {"base": str(place), "platbase": str(place)}
    python = Path(sysconfig.get_path("scripts", "venv", vars=names)) / "python"
    packages = Path(sysconfig.get_path("purelib", "venv", vars=names))
    installed = run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    assert installed.returncode == 0, installed.stderr
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (packages / "sitecustomize.py").write_text(NO_NETWORK)
    return python


def test_the_wheel_holds_the_package_and_its_rules_and_nothing_else(wheel: Path, project: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    code = {
        path.relative_to(project / "src")
        for path in (project / "src").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    data = {
        Path("healthlint") / path.relative_to(project)
        for part in ("rules", "schemas")
        for path in (project / part).rglob("*")
        if path.is_file()
    }
    assert held == {path.as_posix() for path in code | data} | {"healthlint/rules/catalogue.bin"}
    assert {"healthlint/py.typed", "healthlint/rules/hype.yaml", "healthlint/schemas/config.json"} <= held


def test_the_installed_command_works_alone(python: Path, tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    shutil.copy(ARTICLE, here / "article.txt")
    home.chmod(0o555)
    here.chmod(0o555)
    environment = {"HOME": str(home), "PATH": os.defpath, "TMPDIR": str(tmp_path / "none")}
    command = [python.parent / "healthlint", "-o", "json", "--as-of", "2026-11-24", "article.txt"]
    done = run(*command, cwd=here, env=environment)
    assert done.returncode == 1, done.stderr
    result = json.loads(done.stdout)
    assert {"CITE-001", "DISC-001"} <= {f["rule"] for f in result["findings"] if f["severity"] == "error"}
    assert result["skipped"] == []
    assert [path.name for folder in (home, here) for path in folder.iterdir()] == ["article.txt"]
    where = run(python, "-c", "import healthlint; print(healthlint.__file__)", cwd=here, env=environment)
    assert Path(where.stdout.strip()).is_relative_to(python.parents[1])


def decoded(catalogue: bytes) -> dict[str, Any]:
    """Every part of a prepared catalogue as values; sets of words are stored in any order."""
    table = int.from_bytes(catalogue[8:12], "little")
    rest = catalogue[12 + table :]
    blobs = {name: rest[at : at + size] for name, (at, size) in marshal.loads(catalogue[12:]).items()}
    nodes, shapes, codes = (blobs.pop(name) for name in ("lexicon nodes", "shapes", "codes of expressions"))
    parts = {name: marshal.loads(blob) for name, blob in blobs.items()}
    places, starts, others, numbers = parts.pop("lexicon")
    (expressions,) = (parts.pop(name) for name in [*parts] if name.startswith("expressions"))
    return {
        **parts,
        "sets": numbers,
        "phrases": {word: marshal.loads(nodes[at:]) for word, at in places.items()},
        "shapes": [marshal.loads(shapes[at:]) for at in starts],
        "others": others,
        "expressions": {made_of: marshal.loads(codes[at:]) for made_of, at in expressions.items()},
    }


def test_the_prepared_catalogue_says_what_the_yaml_files_say(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = decoded(archive.read("healthlint/rules/catalogue.bin"))
    made = decoded(packs.prepare(checks.CHECKS))
    del held["expressions"], made["expressions"]  # of the modules that happen to be imported here
    assert held == made
    assert {"rules", "phrases", "table drugs", "cues"} <= held.keys()


def test_prepared_expressions_are_what_compiling_gives(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = decoded(archive.read("healthlint/rules/catalogue.bin"))["expressions"]
    assert len(held) > 150
    for (pattern, flags), code in held.items():
        made, kept = re.compile(pattern, flags), _sre.compile(pattern, *code)
        assert kept == made  # the code as well
        assert (kept.flags, kept.groups, kept.groupindex) == (made.flags, made.groups, made.groupindex)


LIBRARIES = frozenset(
    "argparse bisect collections contextlib copyreg datetime enum errno functools gc gettext hashlib heapq importlib"
    " itertools json keyword locale math operator re reprlib types typing unicodedata warnings __future__".split()
)
"""What a plain run on a plain text may load of the standard library, besides what Python loads by itself."""
SELDOM = frozenset(
    "cli.baseline cli.claims cli.comment cli.due cli.explain cli.fix cli.gate cli.init cli.parallel cli.progress"
    " cli.rules cli.timing cli.watch fixes formats.html formats.markdown formats.word packfile report.explanation"
    " report.page report.sarif schemas site suppressions tablefile wordsets yamledit".split()
)
"""Modules that only some runs need."""


def test_a_plain_run_loads_only_what_it_needs(python: Path) -> None:
    code = (
        "import sys; before = set(sys.modules); from healthlint.cli import main; main(sys.argv[1:]);"
        " print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    done = run(python, "-c", code, "--isolated", "-o", "json", ARTICLE, env={})
    assert done.returncode == 0, done.stderr
    loaded = done.stderr.splitlines()[-1].split()
    ours = {name.removeprefix("healthlint.") for name in loaded if name.startswith("healthlint")}
    others = {name.partition(".")[0] for name in loaded if not name.startswith("healthlint")}
    assert ours & SELDOM == set()
    assert {name for name in others if not name.startswith("_")} - LIBRARIES == set()
    assert "yaml" not in others, "a rule or table was not prepared when the wheel was built"


def test_the_network_is_really_shut(python: Path) -> None:
    asked = run(python, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))", env={})
    assert (asked.returncode, asked.stderr) == (1, "the network was asked for something\n")
