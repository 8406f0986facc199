"""What the front matter of an article says about it, in the keys of every site generator, and where it is missing."""

import datetime
from pathlib import Path

import pytest

from healthlint import Config, lint_text
from healthlint.analysis.about import KEYS, PARTS, about, part_of
from healthlint.analysis.citations import has_sources
from healthlint.configfile import read
from healthlint.formats import parse
from healthlint.strict import Mistake
from healthlint.text import Source

CLAIMS = (
    "Exercise helps people with arthritis.\n\nMassage reduces pain in the back. Yoga improves sleep and eases worry.\n"
)
DEFAULT = Config()
DAY = datetime.date(2026, 11, 24)
RULES = ("DISC-001", "DISC-002", "DISC-003", "DISC-004", "CITE-001")
SITES = {
    "hugo": """\
title: On exercise
date: 2026-05-03T10:00:00Z
lastmod: 2026-06-01
params:
  author: Ana Ruiz
  reviewedBy: Ben Okoro, MD
  references: [https://pubmed.ncbi.nlm.nih.gov/1]
  medical-disclaimer: true
""",
    "jekyll": """\
layout: post
title: On exercise
author: {name: Ana Ruiz, url: /ana}
reviewer: Ben Okoro, MD
last_modified_at: 2026-05-03 10:00:00 +0000
sources:
  - {title: A trial, url: https://pubmed.ncbi.nlm.nih.gov/1}
disclaimer: site
""",
    "docusaurus": """\
title: On exercise
authors:
  - {name: Ana Ruiz, title: Physiotherapist}
medically_reviewed_by: Ben Okoro, MD
last_update: {date: 5/3/2026, author: Ana Ruiz}
date: 2026-05-03
citations: A trial, doi:10.1000/1
disclaimer: yes
""",
    "astro": """\
title: On exercise
pubDate: May 3 2026
updatedDate: 2026-06-01
author: Ana Ruiz
medicalReviewer: {name: "Ben Okoro, MD"}
sources: [{title: A trial, url: https://pubmed.ncbi.nlm.nih.gov/1}]
disclaimer: general
""",
    "export of WordPress": """\
title: On exercise
post_date: 2026-05-03 10:00:00
post_author: Ana Ruiz
reviewed-by: Ben Okoro, MD
bibliography: A trial, doi:10.1000/1
disclaimer: shown in the footer
""",
}


def found(text: str, name: str = "a.md", config: Config = DEFAULT) -> list[tuple[str, str, int]]:
    config = config._replace(select=RULES, as_of=DAY)
    return [(f.rule, f.text, f.line) for f in lint_text(text, filename=name, config=config)]


@pytest.mark.parametrize("site", SITES)
def test_the_keys_of_every_generator_are_known(site: str) -> None:
    assert found(f"---\n{SITES[site]}---\n{CLAIMS}") == []


def test_what_is_missing_is_told_at_the_title_in_the_front_matter() -> None:
    text = f"---\nlayout: post\ntitle: On exercise\n---\n{CLAIMS}"
    assert sorted(found(text)) == [(rule, "On exercise", 3) for rule in sorted(RULES)]


def test_what_is_wrong_is_told_at_its_key() -> None:
    text = f"---\ntitle: On exercise\nwritten_by: Editorial Team\nlastUpdated: 2019-05-03\n---\n{CLAIMS}"
    assert [item for item in found(text) if item[0] in ("DISC-002", "DISC-004")] == [
        ("DISC-002", "Editorial Team", 3),
        ("DISC-004", "2019-05-03", 4),
    ]


def test_one_person_beside_a_team_is_an_author() -> None:
    text = f"---\ntitle: On exercise\nauthors: [Editorial Team, Ana Ruiz]\n---\n{CLAIMS}"
    assert "DISC-002" not in [rule for rule, *_ in found(text)]


@pytest.mark.parametrize("value", ["false", "no", "off", "''"])
def test_a_field_that_says_no_is_no_disclaimer(value: str) -> None:
    text = f"---\ntitle: On exercise\ndisclaimer: {value}\n---\n{CLAIMS}"
    assert ("DISC-001", "On exercise", 2) in found(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("_posts/2026-05-03-exercise.md", []),
        ("_posts/2019-05-03-exercise.md", [("DISC-004", "On exercise", 2)]),
        ("_posts/2019-13-03-exercise.md", [("DISC-004", "On exercise", 2)]),
        ("2019-05-03-posts/exercise.md", [("DISC-004", "On exercise", 2)]),
    ],
)
def test_the_name_of_a_post_dates_it(name: str, expected: list[tuple[str, str, int]]) -> None:
    text = f"---\ntitle: On exercise\n---\n{CLAIMS}"
    assert [item for item in found(text, name) if item[0] == "DISC-004"] == expected


def test_the_newest_date_counts() -> None:
    text = f"---\ntitle: On exercise\nlastmod: 2026-05-03\n---\n{CLAIMS}"
    assert "DISC-004" not in [rule for rule, *_ in found(text, "2019-05-03-exercise.md")]


def test_a_site_can_have_keys_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "healthlint.yaml"
    path.write_text(
        "front_matter:\n  author: Writer\n  reviewer: [checked.by]\n  date: on\n  sources: [evidence]\n"
        "  disclaimer: [note]\n",
        encoding="utf-8",
    )
    config = read(str(path))
    assert config.front_matter == (
        ("author", ("Writer",)),
        ("reviewer", ("checked.by",)),
        ("date", ("on",)),
        ("sources", ("evidence",)),
        ("disclaimer", ("note",)),
    )
    text = (
        "---\ntitle: On exercise\nwriter: Ana Ruiz\nchecked: {by: Ben Okoro}\non: 2026-05-03\n"
        f"evidence:\n  - url: https://pubmed.ncbi.nlm.nih.gov/1\nnote: general\n---\n{CLAIMS}"
    )
    assert found(text, config=config) == []
    assert [rule for rule, *_ in found(text)] == [
        rule for rule in sorted(RULES) if rule != "DISC-004"
    ]  # any date counts


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("front_matter: author", "1: 'front_matter' must hold settings, each written as 'name: value'"),
        ("front_matter:\n  autor: x", "2: unknown key 'autor', did you mean 'author'?"),
        ("front_matter:\n  author:\n    - {a: b}", "3: 'author' must be a text"),
    ],
)
def test_a_mistake_is_told(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "healthlint.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value) == f"{path}:{complaint}"


def test_each_key_means_one_thing() -> None:
    assert [(part, part_of(key)) for part in PARTS for key in KEYS[part] if part_of(key) != part] == []
    assert (part_of("params.lastMod"), part_of("sources.url"), part_of("tags")) == ("date", "sources", "")


def test_the_fields_of_a_part_keep_their_order() -> None:
    document = parse(
        Source("a.md", "---\nsources:\n  - url: https://a.org/1\n    title: One\nreferences: Two\n---\nText.\n")
    )
    assert [field.value for field in about(document, "sources")] == ["https://a.org/1", "One", "Two"]
    assert has_sources(document)
