"""The action for GitHub, the component for GitLab and what init writes for them: valid, and their steps run.

The services are not here; so the files are checked against their schemas, and the commands in them are run as the
services would run them, in a fresh repository, with the files and variables that they give.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint import __version__, engine, site
from healthlint.cli import starters

ROOT = Path(__file__).parents[1]
GOOD = "# Massage\n\nIt is pleasant to be massaged by somebody who has time.\n"
NEW = "\nGuaranteed relief in one session.\n"
TEMPLATE = ROOT / "templates" / "healthlint.yml"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WHO = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
PLAN = starters.Plan(site.look(str(ROOT / "examples" / "good")), ("content", "it's new"), "healthlint==0.1.0", "main")


def validated(schema: str, path: Path, *words: str) -> str:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *words, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def component(**inputs: str) -> tuple[dict[str, Any], str]:
    """The head of the component and its job as GitLab reads it with these inputs."""
    head, _, job = TEMPLATE.read_text(encoding="utf-8").partition("\n---\n")
    spec: dict[str, Any] = yaml.safe_load(head)["spec"]["inputs"]
    values = {name: str(given["default"]) for name, given in spec.items()} | inputs
    return spec, re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: values[match[1]], job)


def test_the_action_is_valid() -> None:
    assert validated("github-actions", ROOT / "action.yml") == "ok -- validation done"


def test_the_workflow_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "healthlint.yml"
    path.write_text(starters.github(PLAN), encoding="utf-8")
    assert validated("github-workflows", path) == "ok -- validation done"
    path.write_text(starters.github(PLAN).replace("runs-on", "run-on"), encoding="utf-8")
    assert validated("github-workflows", path) != "ok -- validation done"


def test_the_jobs_for_gitlab_are_valid(tmp_path: Path) -> None:
    head, _, _ = TEMPLATE.read_text(encoding="utf-8").partition("\n---\n")
    for name, text in (("head", head), ("component", component()[1]), ("starter", starters.gitlab(PLAN))):
        path = tmp_path / f"{name}.yml"
        path.write_text(text, encoding="utf-8")
        assert validated("gitlab-ci", path, "--data-transform", "gitlab-ci") == "ok -- validation done"


def test_the_component_is_what_init_writes() -> None:
    spec, job = component(paths=PLAN.paths)
    assert job == starters.gitlab(PLAN)
    assert set(spec) == {"paths", "requirement", "stage", "python"}
    assert spec["requirement"]["default"] == f"healthlint=={__version__}"
    assert spec["python"]["default"] == starters.PYTHON == ACTION["inputs"]["python-version"]["default"]


def test_every_output_of_the_action_is_made_by_its_step() -> None:
    script = ACTION["runs"]["steps"][-1]["run"]
    assert {name: value["value"] for name, value in ACTION["outputs"].items()} == {
        name: f"${{{{ steps.check.outputs.{name} }}}}" for name in ("status", "errors", "warnings", "infos")
    }
    assert all(f'"{name}"' in script or f'"{name}=' in script for name in ACTION["outputs"])
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone with the article of a branch that adds a sentence, as a runner has it in a pull request."""
    folder, origin = tmp_path / "site", tmp_path / "origin.git"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "old.md").write_text(GOOD + NEW, encoding="utf-8")
    (folder / "content" / "a.md").write_text(GOOD, encoding="utf-8")
    run(tmp_path, "git", "init", "--quiet", "--bare", str(origin))
    for words in (
        ("init", "--quiet", "--initial-branch", "main"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "first"),
        ("remote", "add", "origin", str(origin)),
        ("push", "--quiet", "origin", "main"),
        ("switch", "--quiet", "--create", "work"),
        ("branch", "--quiet", "--delete", "main"),  # a runner has only that of the remote
    ):
        run(folder, "git", *words)
    (folder / "content" / "a.md").write_text(GOOD + NEW, encoding="utf-8")
    run(folder, "git", "commit", "--quiet", "--all", "--message", "second")
    return folder


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command without anything of this machine's settings; the runner's variables are `more`."""
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(Path(engine.__file__).parents[1]),
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        **WHO,
        **more,
    }
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def expanded(text: str, inputs: dict[str, str]) -> str:
    """The text with the expressions of GitHub in it replaced as GitHub does."""
    values = {f"inputs.{name}": value for name, value in inputs.items()}
    values["steps.python.outputs.python-path"] = sys.executable
    return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: values[match[1]], text)


class Runner:
    """Runs the last step of the action as GitHub runs a step in bash; healthlint is there as if it were installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temp = folder.parent / "temp"
        self.temp.mkdir()
        (self.temp / "healthlint").symlink_to(Path(engine.__file__).parents[1])
        (self.temp / "rules").symlink_to(ROOT / "rules")
        self.outputs: dict[str, str] = {}
        self.summary = ""

    def check(self, base_ref: str = "", **given: str) -> subprocess.CompletedProcess[str]:
        inputs = {name: value["default"] for name, value in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        step = ACTION["runs"]["steps"][-1]
        script = self.temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        environment = {name: expanded(value, inputs) for name, value in step["env"].items()}
        environment |= {name: str(file) for name, file in files.items()}
        environment |= {"RUNNER_TEMP": str(self.temp), "GITHUB_WORKSPACE": str(self.folder)}
        environment |= {"GITHUB_BASE_REF": base_ref}
        done = run(self.folder, "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), **environment)
        lines = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        self.outputs = dict(line.split("=", 1) for line in lines)
        self.summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return done


def annotated(out: str) -> Iterator[tuple[str, str]]:
    """The kind and the file of each annotation."""
    for match in re.finditer(r"^::(error|warning) title=[^,]*,file=([^,]*),", out, re.MULTILINE):
        yield match[1], match[2]


def test_the_action_judges_what_a_pull_request_changes(repository: Path) -> None:
    runner = Runner(repository)
    done = runner.check(base_ref="main", paths="content/\n")
    assert done.returncode == 1, done.stderr
    assert set(annotated(done.stdout)) == {("error", "content/a.md")}
    assert runner.outputs == {"status": "1", "errors": "1", "warnings": "0", "infos": "0"}
    assert "| error | content\\/a\\.md" in runner.summary


def test_the_action_judges_everything_after_a_merge(repository: Path) -> None:
    runner = Runner(repository)
    done = runner.check()
    assert done.returncode == 1, done.stderr
    assert {file for _, file in annotated(done.stdout)} == {"content/a.md", "content/old.md"}
    assert (runner.outputs["status"], runner.outputs["errors"]) == ("1", "2")


def test_the_inputs_of_the_action_reach_the_run(repository: Path) -> None:
    (repository / "our settings.yaml").write_text("ignore: [HYPE, SAFE]\n", encoding="utf-8")
    runner = Runner(repository)
    done = runner.check(base_ref="main", diff_base="none", config="our settings.yaml", sarif="out.sarif")
    assert done.returncode == 0, done.stdout + done.stderr
    assert runner.outputs["status"] == "0"
    assert json.loads((repository / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    done = runner.check(diff_base="HEAD~1", fail_on="never", paths="content/old.md\n\ncontent/a.md")
    assert (done.returncode, runner.outputs["errors"]) == (0, "1"), done.stderr


def test_a_run_that_goes_wrong_is_told_apart(repository: Path) -> None:
    runner = Runner(repository)
    done = runner.check(paths="nowhere")
    assert (done.returncode, runner.outputs) == (2, {"status": "2"})
    assert "there is no file or folder 'nowhere'" in done.stderr


@pytest.mark.usefixtures("_index")
def test_the_action_installs_itself(project: Path, tmp_path: Path) -> None:
    step = ACTION["runs"]["steps"][1]
    environment = {name: expanded(value, {}) for name, value in step["env"].items()}
    environment |= {"RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": str(project), "PYTHONPATH": ""}
    environment |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    done = run(tmp_path, "bash", "-eo", "pipefail", "-c", step["run"], **environment)
    assert done.returncode == 0, done.stderr
    place = tmp_path / "healthlint"
    told = run(tmp_path, sys.executable, "-m", "healthlint", "--version", PYTHONPATH=str(place))
    assert told.stdout == f"healthlint {__version__}\n"
    assert (place / "healthlint" / "rules" / "catalogue.bin").exists()


def test_the_history_is_there_to_compare_with() -> None:
    checkout, *_ = yaml.safe_load(starters.github(PLAN))["jobs"]["healthlint"]["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    assert checkout["with"] == {"fetch-depth": 0}
    assert yaml.safe_load(starters.gitlab(PLAN))["healthlint"]["variables"] == {"GIT_DEPTH": "0"}


def test_the_step_of_the_workflow_runs(repository: Path) -> None:
    plan = PLAN._replace(folders=("content",))
    workflow = yaml.safe_load(starters.github(plan))
    script = workflow["jobs"]["healthlint"]["steps"][-1]["run"]
    whole = run(repository, "bash", "-e", "-c", script, GITHUB_WORKSPACE=str(repository))
    assert (whole.returncode, {file for _, file in annotated(whole.stdout)}) == (1, {"content/a.md", "content/old.md"})
    changed = run(repository, "bash", "-e", "-c", script, GITHUB_WORKSPACE=str(repository), GITHUB_BASE_REF="main")
    assert (changed.returncode, set(annotated(changed.stdout))) == (1, {("error", "content/a.md")})


def test_the_script_of_the_job_for_gitlab_runs(repository: Path) -> None:
    _, text = component(paths="content/")
    script = yaml.safe_load(text)["healthlint"]["script"][-1]
    base = run(repository, "git", "rev-parse", "origin/main").stdout.strip()
    for more, files in (
        ({}, {"content/a.md", "content/old.md"}),
        ({"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}, {"content/a.md"}),
    ):
        done = run(repository, "sh", "-e", "-c", script, CI_PROJECT_DIR=str(repository), **more)
        assert done.returncode == 1, done.stderr
        report = json.loads((repository / "gl-code-quality-report.json").read_text(encoding="utf-8"))
        majors = {issue["location"]["path"] for issue in report if issue["severity"] == "major"}
        assert majors == files
