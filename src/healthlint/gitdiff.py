"""What has changed since a commit: the findings on lines that are new or changed, as git tells them.

Compared are the files as they lie on disk, staged or not, with the last commit that the branch has in common with REF.
"""

from __future__ import annotations

import ast
import os
import subprocess
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from healthlint.engine import Report
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Finding
from healthlint.strict import Mistake

SUBSTANTIAL = 0.25
"""An article has changed substantially if at least this share of the words of both versions is not in the other."""
_DIFF = (
    *(
        "-c",
        "core.quotePath=true",
        "-c",
        "core.fsmonitor=false",
        "diff",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
    ),
    *("--find-renames", "--unified=0", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/"),
    *("--ignore-submodules", "--no-relative"),
)
_OWN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX")


class Changes:
    """What has changed since `ref`, in all repositories in which articles lie; each is asked once."""

    def __init__(self, ref: str) -> None:
        self.ref = ref
        self._tops: dict[str, str] = {}
        self._repositories: dict[str, _Repository] = {}

    def touch(self, path: str) -> bool:
        """Whether a file is new or its content has changed. Raises Mistake: no git, no repository, unknown REF."""
        repository, inside = self._place(path)
        return repository.lines(inside) != []

    def narrow(self, report: Report) -> Report:
        """The report with the findings on changed lines; the others stand in `unchanged`. Raises Mistake.

        Findings about the whole document are kept if the file is new or has changed substantially.
        """
        if report.source is None:
            return report
        repository, inside = self._place(report.path)
        lines = repository.lines(inside)
        if lines is None:
            return report
        text = report.source.text
        large = any(f.document for f in report.findings) and _distance(repository.old(inside), text) >= SUBSTANTIAL
        kept = [large if f.document else _touches(lines, *_lines(text, f)) for f in report.findings]
        parts = [
            tuple(f for f, keep in zip(report.findings, kept, strict=True) if keep is want) for want in (True, False)
        ]
        return report._replace(findings=parts[0], unchanged=parts[1])

    def forget(self) -> None:
        """Ask again, after files have been changed."""
        self._repositories.clear()

    def _place(self, path: str) -> tuple[_Repository, str]:
        real = os.path.realpath(path)
        top = self._top(os.path.dirname(real))
        if not top:
            raise Mistake(f"{path} is in no git repository, so --diff-base has nothing to compare it with")
        if top not in self._repositories:
            self._repositories[top] = _Repository(top, self.ref)
        return self._repositories[top], os.path.relpath(real, top).replace(os.sep, "/")

    def _top(self, folder: str) -> str:
        if folder not in self._tops:
            above = os.path.dirname(folder)
            is_top = os.path.exists(os.path.join(folder, ".git"))
            self._tops[folder] = folder if is_top else "" if above == folder else self._top(above)
        return self._tops[folder]


class _Change(NamedTuple):
    """A changed file: its former path (none: it is new), and the ranges of changed lines (None: all).

    A range is empty where lines were only taken out.
    """

    former: str
    lines: list[tuple[int, int]] | None


class _Repository:
    def __init__(self, top: str, ref: str) -> None:
        self._top = top
        commit = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", check=False)
        if not commit.strip():
            raise Mistake(f"git knows no commit '{ref}' in {top}; perhaps it must be fetched first")
        self._base = os.fsdecode(commit).strip()
        common = self._git("merge-base", self._base, "HEAD", check=False)
        self._base = os.fsdecode(common).strip() or self._base
        self._changes = dict(self._changed())
        self._tracked = set(map(os.fsdecode, self._git("ls-files", "-z").split(b"\0")))

    def lines(self, path: str) -> list[tuple[int, int]] | None:
        """The changed lines of a file; None if it is new: not in the base, or not known to git."""
        if path in self._changes:
            return self._changes[path].lines
        return [] if path in self._tracked else None

    def old(self, path: str) -> str:
        """The content of a changed file in the base."""
        former = self._changes[path].former if path in self._changes else path
        return self._git("cat-file", "blob", f"{self._base}:{former}").decode("utf-8", "replace")

    def _changed(self) -> Iterator[tuple[str, _Change]]:
        hunks = dict(_hunks(self._git(*_DIFF, self._base, "--")))
        fields = iter(self._git(*_DIFF, "--raw", "--no-abbrev", "-z", self._base, "--").split(b"\0"))
        for field in fields:
            if not field.startswith(b":"):
                continue
            status = field.split()[-1][:1]
            former = os.fsdecode(next(fields))
            path = os.fsdecode(next(fields)) if status in (b"R", b"C") else former
            if status in (b"M", b"T", b"R"):
                yield path, _Change(former, hunks.get(path, []))
            elif status != b"D":
                yield path, _Change("", None)

    def _git(self, *words: str, check: bool = True) -> bytes:
        environment = {key: value for key, value in os.environ.items() if key not in _OWN}
        environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            done = subprocess.run(["git", "-C", self._top, *words], capture_output=True, check=False, env=environment)
        except OSError as error:
            raise Mistake(f"--diff-base needs git, which cannot be run: {error.strerror}") from error
        if done.returncode and (check or b"dubious ownership" in done.stderr):
            problem = os.fsdecode(done.stderr).strip().partition("\n")[0]
            raise Mistake(f"git cannot compare the files in {self._top}: {problem}")
        return done.stdout


def _hunks(patch: bytes) -> Iterator[tuple[str, list[tuple[int, int]] | None]]:
    """For each file of a patch without context, the ranges of its new lines; None for one that git calls binary."""
    lines = iter(patch.split(b"\n"))
    path, ranges = "", list[tuple[int, int]]()
    for line in lines:
        if line.startswith(b"+++ "):
            path, ranges = _path(line[4:]), []
            yield path, ranges
        elif line.startswith(b"Binary files "):
            yield _path(line[13:].removesuffix(b" differ").rpartition(b" and ")[2]), None
        elif line.startswith(b"@@ "):
            removed, added = (_range(part[1:]) for part in line.split()[1:3])
            cut = added[0] == added[1]  # nothing is left, before the line that follows
            ranges.append((added[0] + cut, added[1] + cut))
            left = removed[1] - removed[0] + added[1] - added[0]
            while left:
                left -= not next(lines).startswith(b"\\")  # "\\ No newline at end of file" counts for nothing


def _path(name: bytes) -> str:
    """A path in the head of a patch: quoted as in C where it holds anything unusual, else ended by a tab."""
    name = ast.literal_eval("b" + name.decode()) if name.startswith(b'"') else name.rstrip(b"\t\r")
    return os.fsdecode(name).removeprefix("b/")


def _range(text: bytes) -> tuple[int, int]:
    """`5,2` as the lines from 5 to 7 (exclusive)."""
    first, _, count = text.partition(b",")
    return int(first), int(first) + int(count or 1)


def _lines(text: str, finding: Finding) -> tuple[int, int]:
    """The first line of a finding and the one behind its last, as git counts them: by line feeds."""
    first = text.count("\n", 0, finding.start) + 1
    return first, first + text.count("\n", finding.start, max(finding.start, finding.end - 1)) + 1


def _touches(ranges: list[tuple[int, int]], first: int, behind: int) -> bool:
    at = bisect_left(ranges, (behind,))
    return at > 0 and ranges[at - 1][1] > first


def _distance(old: str, new: str) -> float:
    """The share of the words of two texts, each as often as it stands there, that the other does not have."""
    before, after = Counter(old.split()), Counter(new.split())
    total = before.total() + after.total()
    return 1 - 2 * (before & after).total() / total if total else 0.0
