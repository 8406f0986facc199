"""The commands of docs/adopting.md, one after the other, on a site of forty articles."""

import os
import re
import subprocess
import sys
from pathlib import Path

from healthlint import engine

ROOT = Path(__file__).parents[1]
ARTICLES = sorted((ROOT / "tests" / "articles").glob("*.txt"))
COMMANDS = re.findall(r"^    \$ (.+)$", (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8"), re.MULTILINE)
WHO = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
NEW = "\n\nThe massage works for everyone. Guaranteed relief in one session.\n"


def test_a_site_is_adopted(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {**WHO, "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(Path(engine.__file__).parents[1])}

    def shell(command: str) -> tuple[int, str, str]:
        words = command.replace("healthlint ", f"'{sys.executable}' -m healthlint ", 1)
        words = words if command.startswith("healthlint ") else command
        done = subprocess.run(
            ["bash", "-c", words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr.strip().rpartition("\n")[2]

    for number in range(40):
        path = tmp_path / "articles" / f"part {number % 4}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{number} ".encode() + ARTICLES[number % len(ARTICLES)].read_bytes())
    shell("git init --quiet --initial-branch main")
    look, baseline, add, commit, run, again, diff, fix, prune, gate, due = COMMANDS
    assert shell(look)[0] == 0
    status, out, told = shell(baseline)
    assert (status, out) == (0, "")
    written = re.fullmatch(r"healthlint-baseline.json: (\d+) findings written down.", told)
    assert written is not None
    (tmp_path / "healthlint.yaml").write_text("baseline: healthlint-baseline.json\n")
    assert [shell(add)[0], shell(commit)[0]] == [0, 0]
    status, out, told = shell(run)
    assert (status, out) == (0, "")
    assert f"; 0 errors, 0 warnings, 0 infos; {written[1]} more in the baseline" in told

    shell("git switch --quiet --create work")
    shell("git mv 'articles/part 0/0.txt' articles/moved.txt")
    with (tmp_path / "articles" / "moved.txt").open("a") as file:
        file.write(NEW)
    for command in (again, gate):
        status, out, told = shell(command)
        assert status == 1
        assert out.splitlines()[0] == "articles/moved.txt"
        assert "; 2 errors, " in told
    assert "39 more skipped" not in told
    assert "36 more skipped: unchanged since main." in told
    assert (shell(diff)[1], shell(fix)[0]) == ("", 1)
    (tmp_path / "articles" / "part 1" / "1.txt").unlink()
    status, out, told = shell(prune)
    assert status == 0
    assert re.fullmatch(r"healthlint-baseline.json: \d+ taken out, \d+ left.", told)
    assert shell(run)[0] == 1
    assert shell(due)[0] == 0
