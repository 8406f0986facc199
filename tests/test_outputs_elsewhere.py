"""Forms of output, checked by programs from the npm registry. Skipped where one is missing."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from test_html_report import HOSTILE, report_of
from test_outputs import TRICKY, a_finding, a_run

from healthlint import report
from healthlint.cli import main
from healthlint.report.format import Style

PACKAGES = ("@actions/core@3.0.1", "@umbrelladocs/rdformat-validator@1.0.1")
"""GitHub's own writer of workflow commands, and a validator of reviewdog's format."""
CHECKER = "vnu-jar@26.9.27"
"""The HTML checker of the W3C, which needs Java."""

Node = Callable[[str], str]


def install(folder: Path, *packages: str) -> None:
    """Install npm packages; skips the test where that cannot be done."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
    done = subprocess.run(["npm", "install", *options, *packages], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("npm reaches no package index")


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Runs a script that can import `PACKAGES`; gives what it prints."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not installed")
    folder = tmp_path_factory.mktemp("node")
    install(folder, *PACKAGES)

    def run(script: str) -> str:
        (folder / "script.mjs").write_text(script)
        command = ["node", str(folder / "script.mjs")]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return run


def test_github_writes_the_same_commands(node: Node) -> None:
    message = '"50%\n:: a, b: é 🩺" is hype.'
    single = a_finding(message=message, help="Say it, plainly: 5%.", path="a, b: 50%.md")
    run = a_run(single._replace(severity="error"), single, single._replace(severity="info", end_line=8))
    properties = {"title": "HYPE-001 hype-superlative", "file": "a, b: 50%.md", "startLine": 7, "endLine": 7}
    columns = {"startColumn": 48, "endColumn": 60}
    text = f"a, b: 50%.md:7:48: HYPE-001 {message}\nSay it, plainly: 5%."
    calls = [
        ("error", {**properties, **columns}),
        ("warning", {**properties, **columns}),
        ("notice", {**properties, "endLine": 8}),
    ]
    script = "import * as core from '@actions/core';\n" + "".join(
        f"core.{name}({json.dumps(text)}, {json.dumps(given)});\n" for name, given in calls
    )
    assert report.load("github").end(run, Style()) == node(script)


def test_reviewdog_s_format_is_valid(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_bytes(TRICKY.encode())
    main(["-o", "rdjsonl", "--isolated", "a.md"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    script = (
        "import {validate} from '@umbrelladocs/rdformat-validator';\n"
        f"const lines = {json.dumps(lines)};\n"
        'for (const line of [...lines, \'{"message": "", "location": {}}\'])\n'
        "  console.log((await validate(line, {strictMode: true, allowExtraFields: false})).valid);\n"
    )
    assert node(script).split() == ["true"] * len(lines) + ["false"]


def test_the_report_passes_the_checker_of_the_w3c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("java"):
        pytest.skip("Java is not installed")
    install(tmp_path / "checker", CHECKER)
    monkeypatch.chdir(tmp_path)
    articles = sorted((Path(__file__).parent / "articles").iterdir())
    report_of({**HOSTILE, **{path.name: path.read_text(encoding="utf-8") for path in articles}}, "--isolated")
    (jar,) = tmp_path.glob("checker/node_modules/vnu-jar/**/vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", "report.html"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stderr) == {"messages": []}
