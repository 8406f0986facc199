"""Reading files, choosing whose word counts, and the Python interface."""

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint import Config, catalogue, engine, lint, lint_text
from healthlint.document import Document
from healthlint.engine import Report, lint_bytes, lint_file
from healthlint.rule import Hit, Setting, Severity

BAD = "Guaranteed relief in one session.\n"
GERMAN = (
    "Viele Menschen haben im Winter zu wenig Vitamin D. Der Körper bildet es selbst, wenn die Sonne auf die Haut"
    " scheint. Ob Tabletten sinnvoll sind, hängt von der Ernährung und vom Alter ab. Fragen Sie Ihre Ärztin.\n"
)
ONLY = Config(select=("HYPE-008",))


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


@pytest.mark.parametrize(
    ("data", "skipped"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (b"text\x00" * 10, "not text"),
        (b"\xef\xbb\xbf\n", "no words to check"),
        (b"```\ncode\n```\n", "no words to check"),
        (GERMAN.encode(), "not English (looks like German)"),
        (GERMAN.encode("utf-16"), "not English (looks like German)"),
    ],
)
def test_what_is_skipped_is_told_with_the_reason(data: bytes, skipped: str) -> None:
    report = lint_bytes("a.md", data, Config())
    assert (report.skipped, report.problem, report.findings, report.words) == (skipped, "", (), 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    data = BAD.encode(encoding)
    data = b"\xfe\xff" + data if encoding == "utf-16-be" else data
    assert rules(lint_bytes("a.md", data, ONLY)) == ["HYPE-008"]


def test_words_of_another_language_are_unchecked() -> None:
    report = lint_bytes("a.md", (GERMAN + "\n```\nsome code\n```\n").encode(), Config())
    assert report.unchecked == {"another language": 37, "code": 2}


@pytest.mark.parametrize(
    ("front_matter", "draft"),
    [
        ("---\ndraft: true\n---\n", True),
        ("---\ndraft: yes\n---\n", True),
        ("+++\ndraft = true\n+++\n", True),
        ("---\ndraft: false\n---\n", False),
        ("---\ndraft: true story\n---\n", False),
        ("", False),
    ],
)
def test_drafts(front_matter: str, draft: bool) -> None:
    report = lint_bytes("a.md", (front_matter + BAD).encode(), ONLY)
    assert (rules(report), report.draft) == (["HYPE-008"], draft)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert lint_file(str(tmp_path), Config()).problem == "cannot be read: Is a directory"
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    assert lint_file(str(tmp_path / "a.md"), Config()).problem == "is not UTF-8 text (byte 3); save it as UTF-8"


def test_python_users_get_findings_or_an_exception(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BAD)
    (tmp_path / "empty.md").write_text("")
    assert [finding.rule for finding in lint([str(tmp_path)], ONLY)] == ["HYPE-008"]
    with pytest.raises(OSError, match="does not exist"):
        list(lint([str(tmp_path / "nowhere.md")]))
    (tmp_path / "b.md").write_bytes(b"caf\xe9")
    with pytest.raises(ValueError, match=r"b\.md is not UTF-8 text \(byte 3\)"):
        list(lint([str(tmp_path)]))


def test_findings_know_their_place() -> None:
    (finding,) = lint_text("# Caf\u00e9\r\n\r\nOne **guaranteed relief** now.\r\n", config=ONLY)
    assert (finding.text, finding.line, finding.column, finding.end_line, finding.end_column) == (
        *("guaranteed relief", 3, 7, 3, 24),
    )
    assert (finding.path, finding.family, finding.severity) == ("article.md", "HYPE", "error")


def test_the_same_words_have_different_fingerprints() -> None:
    first, second = lint_text(f"{BAD}\n{BAD}", config=ONLY)
    assert first.fingerprint.split(":")[0] == second.fingerprint.split(":")[0]
    assert [first.fingerprint[-2:], second.fingerprint[-2:]] == [":1", ":2"]


def active(rule_id: str) -> engine.Active:
    rule = catalogue.builtin_rules()[0]._replace(id=rule_id)
    return engine.Active(rule, rule.check)


def test_one_voice_is_what_a_comparison_of_all_pairs_says() -> None:
    """The two sweeps give what the definition gives: silent is who overlaps a rival that comes first in ORDER."""
    numbers = random.Random(1)
    names = ["HYPE-008", "HYPE-001", "HYPE-002", "EVID-002", "EVID-001", "CITE-003", "READ-001"]
    for _ in range(500):
        hits = []
        for _ in range(numbers.randint(0, 9)):
            start = numbers.randint(0, 12)
            hit = Hit(start, start + numbers.randint(1, 5), Severity.INFO)
            hits.append((active(numbers.choice(names)), hit))
        expected = [
            (one, hit)
            for one, hit in hits
            if not any(
                one.rule.family == other.rule.family != "CITE"
                and names.index(other.rule.id) < names.index(one.rule.id)
                and theirs.start < hit.end
                and hit.start < theirs.end
                for other, theirs in hits
            )
        ]
        assert engine._one_voice(hits) == expected


def test_one_voice_remembers_how_far_a_rival_reached() -> None:
    first, second, third = Hit(0, 30, Severity.INFO), Hit(5, 8, Severity.INFO), Hit(20, 25, Severity.INFO)
    hits = [(active("HYPE-001"), first), (active("HYPE-001"), second), (active("HYPE-002"), third)]
    assert engine._one_voice(hits) == hits[:2]


def test_rules_are_chosen_once_for_each_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    every = catalogue.builtin_rules()
    monkeypatch.setattr(engine, "rules", lambda packs: calls.append(1) or every)
    engine.active_rules.cache_clear()
    for _ in range(5):
        lint_text(BAD)
    once = len(calls)
    for _ in range(5):
        lint_text(BAD)
    assert 0 < len(calls) == once


def test_a_rule_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document, setting: Setting) -> Iterator[Hit]:
        raise KeyError("x")
        yield

    monkeypatch.setattr(engine, "active_rules", lambda *_: (active("HYPE-008")._replace(check=broken),))
    with pytest.raises(KeyError) as caught:
        lint_text(BAD)
    assert caught.value.__notes__ == ["rule HYPE-008"]


def test_the_day_is_today_unless_it_is_given() -> None:
    assert Config().day == datetime.date.today()
    assert Config(as_of=datetime.date(2020, 1, 2)).day == datetime.date(2020, 1, 2)


def test_a_path_of_any_kind_is_one_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    paths = ("a.md", Path("a.md"), ["a.md"], [Path("a.md")])
    assert [[(f.path, f.rule) for f in lint(one, ONLY)] for one in paths] == [[("a.md", "HYPE-008")]] * 4
    assert [f.rule for f in lint_text(BAD, filename=Path("a.txt"), config=ONLY)] == ["HYPE-008"]


def test_lists_do_for_tuples_in_a_configuration() -> None:
    assert [f.rule for f in lint_text(BAD, config=Config(select=["HYPE-008"]))] == ["HYPE-008"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"profile": "nws"}, "profile is one of consumer, clinic, news, press-release, professional, not 'nws'"),
        ({"jurisdiction": "de"}, "jurisdiction is one of us, uk, eu, not 'de'"),
        ({"fail_on": "x"}, "fail_on is one of error, warning, info, never, not 'x'"),
        ({"as_of": "2026-01-01"}, "as_of is a datetime.date, not '2026-01-01'"),
        ({"select": "HYPE"}, "select is a tuple, not one text: ('HYPE',)"),
        ({"severities": (("HYPE", "fatal"),)}, "a severity is one of off, info, warning, error, not 'fatal'"),
    ],
)
def test_a_configuration_that_means_nothing_is_refused(settings: dict[str, object], problem: str) -> None:
    config = Config(**settings)  # type: ignore[arg-type]
    for call in (lambda: lint_text(BAD, config=config), lambda: list(lint([], config))):
        with pytest.raises((ValueError, TypeError)) as raised:
            call()
        assert str(raised.value) == problem


def test_a_finding_about_the_document_is_shown_on_one_line() -> None:
    text = "<h1>Yoga for\n people with pain</h1>\n<p>Massage reduces pain. Massage treats gout. Yoga eases pain.</p>\n"
    found = lint_text(text, filename="a.html", config=Config(select=("DISC-002",)))
    assert [(f.line, f.end_line, f.text, f.document) for f in found] == [(1, 1, "Yoga for", True)]


def test_a_formula_that_stands_in_titles_alone_is_none_of_the_article() -> None:
    text = "\n\n".join(f"<title>promising results{end}</title>" for end in (" a", "", " b"))
    assert lint_text(text, config=Config(select=("HYPE-009",))) == []


def test_how_often_a_formula_stands_is_counted() -> None:
    text = "Tea shows promise, and shows promise.\n\n" * 3
    (found,) = lint_text(text, config=Config(select=("HYPE-009",)))
    assert '"shows promise" stands here 6 times' in found.message
