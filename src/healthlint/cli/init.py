"""`healthlint init [FOLDER]`: a configuration, a pre-commit hook and a CI job for the site in a folder."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from healthlint import __version__, configfile, site, yamledit
from healthlint.baseline import written
from healthlint.cli import schema, starters
from healthlint.cli.arguments import UsageError, command_parser
from healthlint.cli.starters import Plan
from healthlint.namedtuples import NamedTuple
from healthlint.report.text import escaped
from healthlint.strict import read_toml

_HOOKS, _WORKFLOW, _GITLAB = ".pre-commit-config.yaml", ".github/workflows/healthlint.yml", ".gitlab-ci.yml"
_CI = ("github", "gitlab", "none")


SCHEMA_TOLD = "(what 'healthlint schema config' prints)\n"


class File(NamedTuple):
    """A file to write, with the path as it is shown, or why it is not written (`text` is None)."""

    path: str
    text: str | None
    told: str


def main(words: list[str]) -> int:
    """Look, write, and say what was written and what comes next. Raises UsageError."""
    options = _options(words)
    folder = os.path.normpath(options.folders[0] if options.folders else ".")
    if not os.path.isdir(folder):
        raise UsageError(f"there is no folder '{escaped(folder)}'")
    top = _top(folder)
    found = site.look(folder)
    inside = os.path.relpath(folder, top or folder).replace(os.sep, "/")
    folders = tuple(os.path.normpath(f"{inside}/{name}").replace(os.sep, "/") for name in found.content)
    plan = Plan(found, folders, options.requirement or _requirement(), _branch(top))
    listed = _files(folder, top, plan, options.ci or _service(top), options.force)
    files = [file._replace(path=os.path.normpath(file.path)) for file in listed]
    for file in files:
        if options.dry_run and file.text is not None:
            long = file.path.endswith(starters.SCHEMA)
            print(f"--- {file.path}\n{SCHEMA_TOLD if long else file.text}")
        elif file.text is not None:
            _write(file)
    print("\n".join(_told(folder, top, found, files, dry=options.dry_run)), file=sys.stderr)
    return 0


def _options(words: list[str]) -> Any:
    parser = command_parser(
        "init", "Look at the site in a folder and write a configuration, a pre-commit hook and a CI job for it."
    )
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="the folder of the site (the current one)")
    parser.add_argument("--dry-run", action="store_true", help="print what would be written, and write nothing")
    parser.add_argument("--force", action="store_true", help="replace files that are there (never a baseline)")
    parser.add_argument("--ci", choices=_CI, help="the CI job to write, if the repository does not show it")
    parser.add_argument("--requirement", metavar="TEXT", help="what pip installs there, such as git+ADDRESS@REVISION")
    options = parser.parse(words)
    if len(options.folders) > 1:
        raise UsageError("'healthlint init' sets up one folder at a time; name one")
    return options


def _files(folder: str, top: str, plan: Plan, service: str, force: bool) -> Iterator[File]:
    path = os.path.join(folder, configfile.NAMES[0])
    there = next((name for name in configfile.NAMES if _configures(os.path.join(folder, name))), "")
    if there and not force:
        yield File(os.path.join(folder, there), None, "is there already and stays as it is; --force replaces it")
    else:
        told = "written" if there in ("", configfile.NAMES[0]) else f"written; it counts more than {there} from now on"
        yield File(path, starters.configuration(plan), told + _replacing(path))
        yield _new(os.path.join(folder, starters.SCHEMA), schema.text("config"), "written, for editors", force=True)
        baseline = os.path.join(folder, starters.BASELINE)
        yield _new(baseline, written(), "written, still empty", force=False)
    if top:
        yield _hooks(os.path.join(top, _HOOKS), plan)
        if service == "github":
            yield _new(os.path.join(top, _WORKFLOW), starters.github(plan), "written", force)
        elif service == "gitlab":
            yield _gitlab(os.path.join(top, _GITLAB), plan)


def _configures(path: str) -> bool:
    """Whether a file of this name holds a configuration; a broken pyproject.toml of others does not."""
    if not path.endswith(".toml"):
        return os.path.isfile(path)
    try:
        return read_toml(Path(path), ("tool", "healthlint")) is not None
    except (OSError, ValueError):
        return False


def _new(path: str, text: str, told: str, force: bool) -> File:
    if os.path.exists(path) and not force:
        return File(path, None, "is there already and stays as it is")
    return File(path, text, told + (_replacing(path) if not path.endswith(starters.SCHEMA) else ""))


def _replacing(path: str) -> str:
    return "; it replaces what was there" if os.path.exists(path) else ""


def _hooks(path: str, plan: Plan) -> File:
    hook = starters.hook(plan)
    return _added(path, hook, lambda text: yamledit.with_item(text, "repos", hook), r"\bid: *['\"]?healthlint\b")


def _gitlab(path: str, plan: Plan) -> File:
    stages = yamledit.texts(_text(path), "stages") or ["test"]
    job = starters.gitlab(plan, "test" if "test" in stages else stages[0])
    return _added(path, job, lambda text: yamledit.with_entry(text, job), r"^healthlint:")


def _added(path: str, part: str, add: Callable[[str], str | None], sign: str) -> File:
    """The file with a part added to it, if it has none yet and can be added to."""
    before = _text(path)
    if re.search(sign, before, re.MULTILINE):
        return File(path, None, "has healthlint already and stays as it is")
    text = add(before.replace("\r\n", "\n"))
    if text is None:
        return File(path, None, f"cannot be added to safely and stays as it is; put this in by hand:\n{part}")
    told = "healthlint added, the rest as it was" if before else "written"
    return File(path, text.replace("\n", "\r\n") if "\r\n" in before else text, told)


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def _write(file: File) -> None:
    try:
        Path(file.path).parent.mkdir(parents=True, exist_ok=True)
        with open(file.path, "w", encoding="utf-8", newline="") as target:
            target.write(file.text or "")
    except OSError as error:
        raise UsageError(f"{file.path} cannot be written: {error.strerror}") from error


def _told(folder: str, top: str, found: site.Site, files: list[File], *, dry: bool) -> Iterator[str]:
    """What was found and written, and the next step, in a few lines."""
    where = ", ".join(os.path.normpath(os.path.join(folder, name)) for name in found.content)
    yield f"{found.generator or 'No known site generator'}; {_articles(found.articles)} in {escaped(where)}"
    if any(os.path.basename(file.path) == starters.SCHEMA for file in files):
        yield from _changes(found)
    for file in files:
        yield f"{escaped(file.path)}: {'would be ' * (dry and file.text is not None)}{file.told}"
    if not top:
        yield "no git repository here, so no pre-commit hook and no CI job; run this again after 'git init'"
    elif not any(name in file.path for file in files for name in (_WORKFLOW, _GITLAB)):
        yield "neither GitHub nor GitLab is to be seen here, so no CI job; --ci github or --ci gitlab writes one"
    if not found.articles:
        yield "no articles were found; write one, or name another folder"
    elif not dry:
        folders = (os.path.normpath(os.path.join(folder, name)) for name in found.content)
        yield f"Next: healthlint baseline {' '.join(shlex.quote(os.path.join(name, '')) for name in folders)}"


def _changes(found: site.Site) -> Iterator[str]:
    """What the configuration changes in the findings."""
    if found.left_out:
        rest = f" and {len(found.left_out) - 3} more" if len(found.left_out) > 3 else ""
        yield f"not read any more: {escaped(', '.join(found.left_out[:3]))}{rest} ('exclude')"
    for part, key, number in found.guessed:
        yield f"front matter: '{escaped(key)}' is read as {part.replace('_', ' ')} ({_articles(number)})"


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


def _top(folder: str) -> str:
    """The uppermost folder of the repository, as seen from here, or nothing."""
    place = os.path.abspath(folder)
    while not os.path.exists(os.path.join(place, ".git")):
        if os.path.dirname(place) == place:
            return ""
        place = os.path.dirname(place)
    return os.path.relpath(place)


def _service(top: str) -> str:
    if not top:
        return "none"
    if os.path.isdir(os.path.join(top, ".github")):
        return "github"
    if os.path.exists(os.path.join(top, _GITLAB)):
        return "gitlab"
    remotes = _git(top, "config", "--get-regexp", r"^remote\..*\.url$")
    return next((name for name in _CI if name in remotes), "none")


def _branch(top: str) -> str:
    """The main branch: what the remote says, else a usual name, else the branch one is on."""
    if not top:
        return "main"
    head = _git(top, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").partition("/")[2]
    names = _git(top, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    usual = next((name for name in ("main", "master") if name in names), "")
    return head or usual or _git(top, "symbolic-ref", "--short", "HEAD") or "main"


def _git(top: str, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", top, *words], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _requirement() -> str:
    """What pip must install to get this healthlint: from its repository if it came from there, else by its version."""
    from importlib import metadata

    try:
        origin = json.loads(metadata.distribution("healthlint").read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        origin = {}
    vcs = origin.get("vcs_info", {})
    revision = vcs.get("requested_revision") or vcs.get("commit_id")
    if vcs.get("vcs") == "git" and revision and not origin["url"].startswith("file:"):
        return f"git+{origin['url']}@{revision}"
    return f"healthlint=={__version__}"
