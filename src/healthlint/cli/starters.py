"""The files that `healthlint init` writes, as texts."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from healthlint.config import JURISDICTIONS, PROFILES, THRESHOLDS
from healthlint.files import NOT_ARTICLES
from healthlint.formats import SUFFIXES
from healthlint.namedtuples import NamedTuple
from healthlint.site import Site

SCHEMA = ".healthlint.schema.json"
BASELINE = "healthlint-baseline.json"
PYTHON = "3.12"
_WIDTH = 34


class Plan(NamedTuple):
    """What the files need to know: the site, its articles as seen from the top of the repository, where healthlint is.

    `requirement` is what pip installs: `healthlint==0.1.0`, or `git+ADDRESS@REVISION`.
    """

    site: Site
    folders: tuple[str, ...]
    requirement: str
    branch: str

    @property
    def paths(self) -> str:
        """The folders as words of a command."""
        return " ".join(shlex.quote(f"{folder}/" if folder != "." else ".") for folder in self.folders)


def configuration(plan: Plan) -> str:
    """`healthlint.yaml`: what was found, and commented out, what else could stand there."""
    site = plan.site
    lines = [
        f"# yaml-language-server: $schema={SCHEMA}",
        f"# Settings of healthlint for this site{f' ({site.generator})' if site.generator else ''}, written by"
        " 'healthlint init'. What is commented out",
        "# shows how things are without it; 'healthlint config PATH' tells what holds for an article.",
        "",
        _row("# profile: consumer", _or(PROFILES)),
        _row("# jurisdiction: us", f"{_or(JURISDICTIONS)}: whose medicines law holds"),
        _row("# fail_on: error", _or(THRESHOLDS)),
        _row("# ignore: [READ-007]", "rules that are off; 'healthlint rules' lists them"),
        "",
        "# Known findings, so that runs tell only what is new; 'healthlint baseline' writes them down.",
        f"baseline: {BASELINE}",
        "",
        *_exclude(site),
        *_front_matter(site),
    ]
    return "\n".join(lines) + "\n"


def _exclude(site: Site) -> list[str]:
    if not site.exclude:
        return ["# Files that are left out: patterns as in .gitignore files.", '# exclude: ["drafts/"]', ""]
    rows = [_row(f"  - {_quoted(pattern)}", reason) for pattern, reason in site.exclude]
    return ["# Files that are left out: patterns as in .gitignore files.", "exclude:", *rows, ""]


def _front_matter(site: Site) -> list[str]:
    found = [f"{part} in {count}" for part, count in site.keys.items()]
    lines = ["# Keys of the front matter besides those that are known."]
    if found:
        lines.append(f"# Known ones were found, of {site.read} articles: {', '.join(found)}.")
    if not site.guessed:
        return [*lines, "# front_matter:", "#   author: [writer]"]
    lines.append("front_matter:")
    for part in dict.fromkeys(part for part, _, _ in site.guessed):
        keys = [(key, count) for name, key, count in site.guessed if name == part]
        words = ", ".join(_quoted(key) for key, _ in keys)
        counts = ", ".join(str(count) for _, count in keys)
        lines.append(_row(f"  {part}: [{words}]", f"in {counts} of {site.read} articles"))
    return lines


def hook(plan: Plan) -> str:
    """The entry for `.pre-commit-config.yaml`: healthlint as it is installed, or from its repository."""
    files = f"      files: {_quoted(_pattern(plan.folders))}\n"
    repository, revision = _repository(plan.requirement)
    if repository:
        return f"- repo: {repository}\n  rev: {_quoted(revision)}\n  hooks:\n    - id: healthlint\n{files}"
    names = NOT_ARTICLES.pattern.replace(".*", "[^/]*")
    return f"""\
- repo: local
  hooks:
    - id: healthlint
      name: healthlint
      entry: healthlint --force-exclude
      language: system  # the healthlint that is installed: pip install {plan.requirement}
      types: [file]
{files}      exclude: {_quoted(f"(?i)(^|/)({names})$")}
      require_serial: true
"""


def _repository(requirement: str) -> tuple[str, str]:
    """Address and revision of `git+ADDRESS@REVISION`, or nothing."""
    match = re.fullmatch(r"(?:[\w-]+ *@ *)?git\+(\S+?)@([^@/\s]+)", requirement)
    return (match[1], match[2]) if match else ("", "")


def _pattern(folders: Iterable[str]) -> str:
    endings = "|".join(suffix[1:] for suffix in SUFFIXES)
    tops = "|".join(re.escape(folder).replace(r"\-", "-") for folder in folders if folder != ".")
    return rf"(?i)^({tops})/.*\.({endings})$" if tops else rf"(?i)\.({endings})$"


def github(plan: Plan) -> str:
    """A workflow: what a pull request changes, and all new findings after a merge."""
    return f"""\
# Checks the health articles of this site: in a pull request what it changes, on {plan.branch} everything that is not in
# the baseline. Findings stand beside the lines and in the summary.
name: healthlint
on:
  pull_request:
  push:
    branches: [{_quoted(plan.branch)}]
permissions:
  contents: read
jobs:
  healthlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0  # --diff-base needs the history
      - uses: actions/setup-python@v5
        with:
          python-version: "{PYTHON}"
      - run: pip install {shlex.quote(plan.requirement)}
      - run: |
          healthlint ${{GITHUB_BASE_REF:+--diff-base "origin/$GITHUB_BASE_REF"}} -o github {plan.paths}
"""


def gitlab(plan: Plan, stage: str = "test") -> str:
    """A job: what a merge request changes, and all new findings on the default branch."""
    return f"""\
# Checks the health articles of this site: in a merge request what it changes, on the default branch everything that is
# not in the baseline.
healthlint:
  stage: {_quoted(stage)}
  image: python:{PYTHON}
  variables:
    GIT_DEPTH: "0"  # --diff-base needs the history
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - pip install --quiet {shlex.quote(plan.requirement)}
    - |
      healthlint ${{CI_MERGE_REQUEST_DIFF_BASE_SHA:+--diff-base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"}} \\
        -o text -o gitlab=gl-code-quality-report.json {plan.paths}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


def _row(text: str, comment: str) -> str:
    return f"{text:{_WIDTH}}  # {comment}"


def _quoted(word: str) -> str:
    """The word as YAML reads it, in quotation marks if it needs them."""
    return word if re.fullmatch(r"[A-Za-z_/][\w./-]*", word) else "'" + word.replace("'", "''") + "'"


def _or(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
