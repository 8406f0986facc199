"""The command line as its users meet it."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint import __version__, catalogue, cli, engine
from healthlint.cli import main
from healthlint.document import Document
from healthlint.rule import Hit, Setting

BAD = "Guaranteed relief in one session.\n"
GOOD = "The drug may help some people. The effect is short.\n"
GERMAN = (
    "Viele Menschen haben im Winter zu wenig Vitamin D. Der Körper bildet es selbst, wenn die Sonne auf die Haut"
    " scheint. Ob Tabletten sinnvoll sind, hängt von der Ernährung und vom Alter ab. Fragen Sie Ihre Ärztin.\n"
)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(engine.__file__).parents[1]), "PYTHONUNBUFFERED": ""}
DAY = ("--as-of", "2026-11-24")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder that no configuration governs."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "HEALTHLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def write(name: str, text: str | bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def in_a_process(*arguments: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    environment = {**ENVIRONMENT, **settings.pop("env", {})}  # type: ignore[dict-item]
    command = [sys.executable, "-m", "healthlint", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(command, env=environment, timeout=60, check=False, **{**streams, **settings})  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("more", "options", "folded"),
    [
        (1, (), ["1 more like it: line 3 (all of them with --verbose)."]),
        (2, (), ["2 more like it: lines 3, 5 (all of them with --verbose)."]),
        (2, ("--verbose",), []),
    ],
)
def test_infos_of_a_rule_are_told_once(
    more: int, options: tuple[str, ...], folded: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.md", "\n\n".join(["People suffering from gout sat down."] * (more + 1)))
    _, out, _ = run(capsys, "--select", "LANG-003", *options, *DAY, "a.md")
    assert [line.strip() for line in out.splitlines() if "more like it" in line] == folded
    assert out.count("info  LANG-003") == (1 if folded else more + 1)


def test_findings_stand_in_json_with_exact_places(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", "\ufeffCaf\u00e9 \U0001f642 offers **guaranteed\r\n  relief** now.\r\n")
    status, out, _ = run(capsys, "-o", "json", "--select", "HYPE-008", *DAY, "a.md")
    assert status == 1
    result = json.loads(out)
    (finding,) = result.pop("findings")
    assert result == {
        "schema_version": 1,
        "healthlint": __version__,
        "as_of": "2026-11-24",
        "summary": {
            "files": 1,
            "words": 5,
            "unchecked_words": {},
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "suppressed": 0,
            "baseline": {"known": 0, "stale": 0},
            "unchanged": 0,
            "drafts": 0,
        },
        "skipped": [],
    }
    assert finding["text"] == "guaranteed\r\n  relief"
    assert [finding[key] for key in ("line", "column", "end_line", "end_column")] == [1, 18, 2, 9]
    assert Path("a.md").read_bytes().decode()[finding["start"] : finding["end"]] == finding["text"]
    assert [finding[key] for key in ("path", "rule", "family", "severity", "document", "suggestions")] == [
        *("a.md", "HYPE-008", "HYPE", "error", False, []),
    ]


@pytest.mark.parametrize(
    ("options", "text", "status"),
    [
        ((), BAD, 1),
        ((), GOOD, 0),
        (("--exit-zero",), BAD, 0),
        (("--fail-on", "never"), BAD, 0),
        (("--ignore", "HYPE"), BAD, 0),
        (("--ignore", "READ, HYPE"), BAD, 0),
        (("--ignore", "READ", "--ignore", "HYPE"), BAD, 0),
        (("--select", "guaranteed-or-absolute-efficacy"), BAD, 1),
        (("--select", "CITE,hype-008"), BAD, 1),
        ((), "---\ndraft: true\n---\n" + BAD, 0),
    ],
)
def test_exit_status(options: tuple[str, ...], text: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", text)
    assert run(capsys, *options, ".")[0] == status


@pytest.mark.parametrize(
    ("options", "configuration", "status"),
    [
        ((), "severities: {HYPE: warning}", 0),
        ((), "severities: {HYPE: warning}\nfail_on: warning", 1),
        (("--fail-on", "error"), "severities: {HYPE: warning}\nfail_on: warning", 0),
        (("--fail-on", "warning"), "severities: {HYPE: warning}", 1),
        ((), "severities: {HYPE: warning}\nmax_warnings: 2", 0),
        ((), "severities: {HYPE: warning}\nmax_warnings: 1", 1),
        (("--max-warnings", "1"), "severities: {HYPE: warning}\nmax_warnings: 2", 1),
        (("--max-warnings", "2"), "severities: {HYPE: warning}\nmax_warnings: 1", 0),
        (("--isolated",), "severities: {HYPE: warning}", 1),
        (("--config", "other.yaml"), "severities: {HYPE: warning}\nfail_on: warning", 0),
        (("--select", "HYPE"), "ignore: [HYPE]", 1),
        (("--ignore", "HYPE"), "select: [HYPE]", 0),
    ],
)
def test_the_command_line_wins_over_the_configuration(
    options: tuple[str, ...], configuration: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.md", BAD)
    write("b.md", BAD)
    write("healthlint.yaml", configuration)
    write("other.yaml", "ignore: [HYPE]")
    assert run(capsys, *options, "a.md", "b.md")[0] == status


def test_each_file_is_judged_by_its_own_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    write("healthlint.yaml", "severities: {HYPE: warning}\nmax_warnings: 1")
    write("a.md", BAD)
    write("news/healthlint.yaml", "severities: {HYPE: warning}\nmax_warnings: 1")
    write("news/b.md", BAD)
    assert run(capsys, ".")[0] == 0
    assert run(capsys, "--max-warnings", "1", ".")[0] == 1


CHOICES = "consumer, clinic, news, press-release or professional"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "nothing to lint: name files or folders, for example 'healthlint articles/'"),
        (("nowhere.md",), "there is no file or folder 'nowhere.md'"),
        (("--select", "HYPE-999", "a.md"), "--select: no rule is called 'HYPE-999', did you mean 'HYPE-009'?"),
        (("--select", "nonsense", "a.md"), "--select: no rule is called 'nonsense'; 'healthlint rules' lists them"),
        (("--ignore", ",", "a.md"), "--ignore: names no rule; 'healthlint rules' lists them"),
        (("--selct", "HYPE", "a.md"), "there is no option '--selct', did you mean '--select'?"),
        (("--sel", "HYPE", "a.md"), "there is no option '--sel', did you mean '--select'?"),
        (("--format=json", "a.md"), "there is no option '--format', did you mean '--output'?"),
        (("--disable", "HYPE", "a.md"), "there is no option '--disable', did you mean '--ignore'?"),
        (("a.md", "--zzz=1"), "there is no option '--zzz'; --help lists them"),
        (("--profile", "consummer", "a.md"), f"--profile: 'consummer' is not {CHOICES}, did you mean 'consumer'?"),
        (
            ("--fail-on", "eror", "a.md"),
            "--fail-on: 'eror' is not error, warning, info or never, did you mean 'error'?",
        ),
        (("-o", "jsn", "a.md"), "-o/--output: 'jsn' is not "),
        (("-o", "json=", "a.md"), "-o/--output: 'json=' names no file; write json=FILE"),
        (("-o", "json", "-o", "text", "a.md"), "only one --output can go to standard output; give the others a file"),
        (("-o", "json=none/x.json", "a.md"), "none/x.json cannot be written: No such file or directory"),
        (("--as-of", "2026-13-01", "a.md"), "--as-of: '2026-13-01' is not a date such as 2026-11-24"),
        (("--as-of", "20261124", "a.md"), "--as-of: '20261124' is not a date such as 2026-11-24"),
        (("--max-warnings", "-1", "a.md"), "--max-warnings: '-1' is not a number such as 0 or 20"),
        (("--max-warnings", "few", "a.md"), "--max-warnings: 'few' is not a number such as 0 or 20"),
        (("--config", "none.yaml", "a.md"), "none.yaml cannot be read: No such file or directory"),
        (("--config", "x.yaml", "--isolated", "a.md"), "--config and --isolated exclude each other; drop one of them"),
        (("explain", "nonsense"), "no rule is called 'nonsense'; 'healthlint rules' lists them"),
        (("explain", "hype-superlatve"), "no rule is called 'hype-superlatve', did you mean 'hype-superlative'?"),
        (("explain", "HYPE"), "'HYPE' is a family of "),
        (("explain",), "name one rule to explain, for example 'healthlint explain HYPE-001'"),
        (("rules", "x"), "'x' is one word too many; --help tells what is understood"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    arguments: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.md", GOOD)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"healthlint: {complaint}")
    assert err.splitlines()[1:] in ([], ["0 files checked."])


@pytest.mark.parametrize("word", [word for word in cli._RESERVED if word not in cli.COMMANDS])
def test_words_that_will_be_commands_are_kept(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(f"{word}/a.md", GOOD)
    status, out, err = run(capsys, word)
    expected = f"healthlint: the command '{word}' is not built yet; a file or folder of this name is './{word}'\n"
    assert (status, out, err) == (2, "", expected)
    assert run(capsys, f"./{word}")[0] == 0


def test_a_folder_may_be_called_like_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    write("rules/a.md", BAD)
    assert run(capsys, "./rules")[0] == 1


def test_a_mistake_in_a_configuration_comes_before_any_finding(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", BAD)
    write("news/b.md", BAD)
    write("news/healthlint.yaml", "\nselct: [HYPE]\n")
    expected = "healthlint: news/healthlint.yaml:2: unknown key 'selct', did you mean 'select'?\n"
    assert run(capsys, ".") == (2, "", expected)
    assert run(capsys, "a.md", "news/b.md") == (2, "", expected)


def test_nothing_stops_the_other_files(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", b"caf\xe9")
    write("b.md", BAD)
    write("c.md", "")
    write("d.md", GERMAN)
    status, out, err = run(capsys, "--exit-zero", "-o", "json", *DAY, ".", "nowhere.md")
    result = json.loads(out)
    assert status == 2
    assert [finding["path"] for finding in result["findings"] if finding["rule"] == "HYPE-008"] == ["./b.md"]
    assert result["skipped"] == [
        {"path": "./a.md", "reason": "is not UTF-8 text (byte 3); save it as UTF-8"},
        {"path": "./c.md", "reason": "empty"},
        {"path": "./d.md", "reason": "not English (looks like German)"},
        {"path": "nowhere.md", "reason": "does not exist"},
    ]
    assert result["summary"]["unchecked_words"] == {"another language": 37}
    complaints, closing = err.splitlines()[:-1], err.splitlines()[-1]
    assert complaints == [
        "healthlint: ./a.md is not UTF-8 text (byte 3); save it as UTF-8",
        "healthlint: there is no file or folder 'nowhere.md'",
    ]
    assert closing.startswith("1 file, 5 words checked as of 2026-11-24; ")
    assert closing.endswith(
        "; 37 words not checked (another language); ./c.md skipped: empty;"
        " ./d.md skipped: not English (looks like German)."
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (GERMAN, "not English (looks like German)"),
        ("\x00\x01", "not text"),
        ("```\ncode\n```\n", "no words to check"),
    ],
)
@pytest.mark.parametrize("path", ["a.md", "."])
def test_a_run_that_checked_nothing_does_not_pass(
    content: str, reason: str, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.md", content)
    status, out, err = run(capsys, "--exit-zero", path)
    assert (status, out) == (2, "")
    meant = "what is left out on purpose goes under 'exclude' in healthlint.yaml"
    assert err.splitlines()[-2] == f"healthlint: no file was checked: {reason}; {meant}"
    assert err.splitlines()[-1].startswith("0 files, 0 words checked")


def test_an_empty_folder_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    write("empty/x.py", "")
    status, out, err = run(capsys, "empty")
    assert (status, out) == (2, "")
    assert "healthlint: no articles in empty (.md .markdown .mdx .html .htm .txt .docx are looked for)\n" in err
    write("a.md", GOOD)
    status, _, err = run(capsys, "empty", "a.md")
    assert status == 0
    assert "; empty skipped: no articles in it." in err


def test_excluded_files_are_left_out_with_a_notice(capsys: pytest.CaptureFixture[str]) -> None:
    write("drafts/a.md", BAD)
    write("b.md", GOOD)
    write("healthlint.yaml", "exclude: [drafts/]")
    assert run(capsys, "drafts/a.md")[0] == 1
    assert run(capsys, ".")[0] == 0
    for arguments in (("drafts/a.md",), ("drafts/a.md", "b.md")):
        status, out, err = run(capsys, "--force-exclude", *arguments)
        assert (status, out) == (0, "")
        assert err.endswith("; drafts/a.md skipped: excluded by healthlint.yaml.\n")


def test_a_crash_in_a_rule_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = engine.active_rules

    def broken(document: Document, setting: Setting) -> Iterator[Hit]:
        if "crash" in document.text:
            raise KeyError("x")
        yield from ()

    monkeypatch.setattr(engine, "active_rules", lambda *of: (whole(*of)[0]._replace(check=broken), *whole(*of)[1:]))
    write("a.md", "crash")
    write("b.md", BAD)
    status, out, err = run(capsys, "--select", "HYPE", ".")
    assert (status, out.splitlines()[0]) == (2, "./b.md")
    first = err.splitlines()[0]
    assert first == "healthlint: internal error in ./a.md: KeyError: 'x' (rule HYPE-001); please report it"
    assert "Traceback" not in err
    monkeypatch.setenv("HEALTHLINT_DEBUG", "1")
    assert "Traceback" in run(capsys, "--select", "HYPE", ".")[2]


def test_notices_about_the_reading_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", "---\ntitle: a: b: c\n---\n" + GOOD)
    status, out, err = run(capsys, "--select", "HYPE", "a.md")
    assert (status, out) == (0, "")
    assert err.splitlines()[0] == ("healthlint: a.md:2: the front matter is not valid YAML; its plain lines were read")


def test_findings_are_printed_as_soon_as_a_file_is_linted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.md", BAD)
    write("b.md", BAD)
    seen = []
    lint_file = engine.lint_file

    def watched(path: str, config: engine.Config) -> engine.Report:
        seen.append((path, capsys.readouterr().out.partition("\n")[0]))
        return lint_file(path, config)

    monkeypatch.setattr(engine, "lint_file", watched)
    main(["a.md", "b.md"])
    assert seen == [("a.md", ""), ("b.md", "a.md")]


def test_the_closing_line_closes() -> None:
    write("a.md", BAD)
    told = in_a_process("a.md", *DAY, stderr=subprocess.STDOUT, stdout=subprocess.PIPE).stdout.decode().splitlines()
    assert told[0] == "a.md"
    assert told[-1].startswith("1 file, 5 words checked as of 2026-11-24; ")


def test_many_skipped_files_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", GOOD)
    for number in range(1, 7):
        write(f"empty/{number}.md", "")
    _, _, err = run(capsys, "a.md", "empty")
    assert err.endswith("; empty/1.md, empty/2.md, empty/3.md, 3 more skipped: empty.\n")


def test_several_outputs(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", "Caf\u00e9. " + BAD)
    status, out, _ = run(capsys, "-o", "text", "-o", "json=a.json", "--output", "text=a.txt", "--color=always", "a.md")
    assert status == 1
    assert "\x1b[31;1m" in out
    plain = Path("a.txt").read_text(encoding="utf-8")
    assert "\x1b" not in plain
    assert "Caf\u00e9. Guaranteed relief in one session." in plain
    result = json.loads(Path("a.json").read_text(encoding="utf-8"))
    assert "HYPE-008" in [finding["rule"] for finding in result["findings"]]


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    options: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("a.md", BAD)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(capsys, *options, "a.md")[1]) is coloured


def test_options_and_paths_in_any_order(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", BAD)
    write("-b.md", BAD)
    write("c d.md", BAD)
    status, out, _ = run(capsys, "a.md", "--select", "HYPE", "c d.md", "-o", "json", "--", "-b.md")
    assert status == 1
    assert [finding["path"] for finding in json.loads(out)["findings"]] == ["-b.md", "a.md", "c d.md"]


def test_standard_input_is_governed_by_its_name() -> None:
    write("news/healthlint.yaml", "severities: {HYPE: info}\nexclude: [old/]")
    write("healthlint.yaml", "severities: {HYPE: warning}")
    found = {}
    for name in ("article.md", "news/x.md"):
        done = in_a_process("-", "-o", "json", "--select", "HYPE", "--stdin-filename", name, input=BAD.encode())
        found[name] = [(f["path"], f["severity"]) for f in json.loads(done.stdout)["findings"]]
        assert done.returncode == 0
    assert found == {"article.md": [("article.md", "warning")], "news/x.md": [("news/x.md", "info")]}
    excluded = in_a_process("-", "--force-exclude", "--stdin-filename", "news/old/x.md", input=BAD.encode())
    assert (excluded.returncode, excluded.stdout) == (0, b"")
    assert b"news/old/x.md skipped: excluded by news/healthlint.yaml." in excluded.stderr
    named = in_a_process("-", "--stdin-filename", "news/old/x.md", input=BAD.encode())
    assert b"HYPE-008" in named.stdout
    broken = in_a_process("-", input=b"caf\xe9")
    assert (broken.returncode, broken.stdout) == (2, b"")
    assert broken.stderr.startswith(b"healthlint: article.md is not UTF-8 text (byte 3); save it as UTF-8\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_terminal_can_show_findings(encoding: str) -> None:
    write("a.md", "Caf\u00e9 \U0001f642 \u7ef4: guaranteed\u00a0relief in one session.\n")
    environment = {"PYTHONIOENCODING": encoding}
    told = in_a_process("a.md", env=environment)
    assert told.returncode == 1
    assert "guaranteed".encode(encoding) in told.stdout
    assert b"Traceback" not in told.stderr
    result = json.loads(in_a_process("-o", "json", "a.md", env=environment).stdout.decode("utf-8"))
    places = {finding["rule"]: (finding["column"], finding["text"]) for finding in result["findings"]}
    assert places["HYPE-008"] == (11, "guaranteed\u00a0relief")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    write("a.md", BAD)
    with open("/dev/full", "wb") as full:
        done = in_a_process("a.md", *DAY, stdout=full)
    assert done.returncode == 2
    assert done.stderr == b"healthlint: the findings cannot be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(("name", "status"), [("a.md", 1), ("nothing", 2)])
def test_nobody_listens(name: str, status: int) -> None:
    write("a.md", BAD)
    command = f'"{sys.executable}" -m healthlint --isolated {name} >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], env=ENVIRONMENT, check=False).returncode == status


def test_a_reader_who_has_seen_enough_hears_no_complaint() -> None:
    for number in range(200):
        write(f"many/{number}.md", BAD)
    with subprocess.Popen(
        [sys.executable, "-m", "healthlint", "many"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", BAD)
    monkeypatch.setattr(engine, "lint_file", lambda path, config: signal.raise_signal(signal.SIGINT))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
    try:
        assert run(capsys, "a.md") == (130, "", "")
    finally:
        signal.signal(signal.SIGINT, before)


def test_control_characters_are_printed_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", "\x1b[2J\u202eGuaranteed relief in one session.")
    _, out, _ = run(capsys, "a.txt")
    assert "\\x1b[2J\\u202eGuaranteed relief" in out
    assert "\x1b" not in out


def test_explain_shows_examples_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "explain", "hype-superlative")
    assert status == 0
    assert "<<revolutionary therapy>>" in out
    assert "10.1001/jamaoncol.2015.3931" in out


def test_rules_says_which_are_on(capsys: pytest.CaptureFixture[str]) -> None:
    write("healthlint.yaml", "ignore: [READ]\nseverities: {HYPE-008: info}")
    status, out, _ = run(capsys, "rules")
    assert status == 0
    rows = {row.split()[0]: row.split()[1:] for row in out.splitlines()}
    assert sorted(rows) == [rule.id for rule in catalogue.builtin_rules()]
    assert rows["HYPE-008"] == ["info", "high", "on", "guaranteed-or-absolute-efficacy"]
    assert {row[2] for rule_id, row in rows.items() if rule_id.startswith("READ")} == {"off"}
    assert {row[2] for rule_id, row in rows.items() if not rule_id.startswith("READ")} == {"on"}
    _, out, _ = run(capsys, "rules", "--isolated", "--select", "READ-001")
    assert [row.split()[0] for row in out.splitlines() if row.split()[3] == "on"] == ["READ-001"]


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"healthlint {__version__}\n", "")
    status, out, err = run(capsys, "--help")
    assert (status, err) == (0, "")
    for option in ("--select", "--config", "--force-exclude", "--output", "--fail-on", "healthlint explain RULE"):
        assert option in out


def test_claims_are_listed_and_what_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("Green tea reduces the risk of stroke in adults.")
    (tmp_path / "b.md").write_bytes(b"caf\xe9")
    status, out, err = run(capsys, "claims", "--isolated", "-o", "json", str(tmp_path))
    (claim,) = json.loads(out)["claims"]
    assert (status, claim["strength"], claim["evidence"], claim["line"]) == (2, "causal", "unstated", 1)
    assert err == f"healthlint: {tmp_path / 'b.md'} is not UTF-8 text (byte 3); save it as UTF-8\n1 file read.\n"


@pytest.mark.parametrize("form", ["json", "jsonl", "github", "gitlab", "rdjsonl"])
def test_a_name_that_is_no_text_spoils_no_output(form: str, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"bad\xff.md")).write_text(BAD)
    done = in_a_process("--isolated", "-o", form, str(tmp_path))
    assert done.returncode == 1
    assert rb"bad\udcff.md" in done.stdout or b"bad%FF.md" in done.stdout


def test_a_hook_with_nothing_but_another_language_passes(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", GERMAN)
    assert run(capsys, "--isolated", "--force-exclude", "a.md")[0] == 0
    assert run(capsys, "--isolated", "a.md")[0] == 2


def test_claims_say_what_was_skipped_and_read_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md", GERMAN)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Green tea reduces the risk of stroke in adults.")))
    status, out, err = run(capsys, "claims", "--isolated", "-o", "json", "a.md", "-")
    assert (status, [claim["path"] for claim in json.loads(out)["claims"]]) == (0, ["article.md"])
    assert err == "1 file read; skipped: a.md (not English, looks like German).\n"


def test_settings_of_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "config", "nope.md") == (2, "", "healthlint: there is no file or folder 'nope.md'\n")
