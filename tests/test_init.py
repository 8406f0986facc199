"""`healthlint init`: what it finds, what it writes, and that nothing changes or is lost without a word."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from test_schemas import VALIDATORS, Core

from healthlint import configfile, site, yamledit
from healthlint.cli import init, main, starters

ROOT = Path(__file__).parents[1]
GOOD = (ROOT / "examples" / "good" / "walking-and-blood-pressure.md").read_text(encoding="utf-8")
BAD = (ROOT / "examples" / "bad" / "miracle-tea.md").read_text(encoding="utf-8")
CLAIMS = "Exercise helps people with arthritis.\n\nMassage reduces pain. Yoga improves sleep and eases worry.\n"
WRITER = "---\ntitle: On tea\nwriter: Ana Ruiz\nlast_checked_on: 2026-05-03\nexpiry_date: 2030-01-01\n---\n" + CLAIMS
CONFIG = """\
# yaml-language-server: $schema=.healthlint.schema.json
# Settings of healthlint for this site (Hugo), written by 'healthlint init'. What is commented out
# shows how things are without it; 'healthlint config PATH' tells what holds for an article.

# profile: consumer                 # consumer, clinic, news, press-release or professional
# jurisdiction: us                  # us, uk or eu: whose medicines law holds
# fail_on: error                    # error, warning, info or never
# ignore: [READ-007]                # rules that are off; 'healthlint rules' lists them

# Known findings, so that runs tell only what is new; 'healthlint baseline' writes them down.
baseline: healthlint-baseline.json

# Files that are left out: patterns as in .gitignore files.
exclude:
  - /public/                        # made by Hugo
  - /layouts/                       # templates
  - /README.md                      # about the project
  - /content/LICENSE.md             # about the project

# Keys of the front matter besides those that are known.
# Known ones were found, of 2 articles: author in 1, reviewer in 1, date in 1.
front_matter:
  author: [writer]                  # in 1 of 2 articles
  date: [last_checked_on]           # in 1 of 2 articles
"""
TOLD = """\
Hugo; 2 articles in content
not read any more: README.md, content/LICENSE.md, layouts/page.html and 1 more ('exclude')
front matter: 'writer' is read as author (1 article)
front matter: 'last_checked_on' is read as date (1 article)
healthlint.yaml: written
.healthlint.schema.json: written, for editors
healthlint-baseline.json: written, still empty
.pre-commit-config.yaml: written
.github/workflows/healthlint.yml: written
Next: healthlint baseline content/
"""
HOOKS = """\
repos:
- repo: local
  hooks:
    - id: healthlint
      name: healthlint
      entry: healthlint --force-exclude
      language: system  # the healthlint that is installed: pip install healthlint==0.1.0
      types: [file]
      files: '(?i)^(content)/.*\\.(md|markdown|mdx|html|htm|txt|docx)$'
      exclude: '(?i)(^|/)(((requirements|constraints)([-_.][\\w.]+)?|licen[cs]e([-_.][\\w.-]+)?|llms([-_]\\w+)?|robots|humans|ads|security|copying|notice|authors|cmakelists)\\.txt|~\\$[^/]*)$'
      require_serial: true
"""  # noqa: E501
WRITTEN = (
    *("healthlint.yaml", ".healthlint.schema.json", "healthlint-baseline.json", ".pre-commit-config.yaml"),
    ".github/workflows/healthlint.yml",
)


def fill(folder: Path, **files: str) -> None:
    """Write files; in their names `__` stands for `/`, and `_dot_` for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def git(*words: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], env=environment, check=True, capture_output=True)


@pytest.fixture
def hugo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of Hugo in a repository on GitHub; init is the current version's, wherever it was installed from."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet", "--initial-branch", "main")
    git("remote", "add", "origin", "git@github.com:acme/site.git")
    fill(
        tmp_path,
        hugo_dot_toml='title = "x"\n',
        README_dot_md=BAD,
        content__LICENSE_dot_md="May be copied by everybody who wants to copy it.\n",
        content__good_dot_md=GOOD,
        content__posts__tea_dot_md=WRITER,
        layouts__page_dot_html="<p>{{ .Content }} guaranteed relief</p>",
        public__good_dot_html="<p>Guaranteed relief in one session.</p>",
    )
    monkeypatch.setattr(init, "_requirement", lambda: "healthlint==0.1.0")
    return tmp_path


def findings(capsys: pytest.CaptureFixture[str]) -> set[tuple[str, str, int]]:
    main([".", "-o", "json", "--as-of", "2026-11-24", "--exit-zero"])
    content = json.loads(capsys.readouterr().out)
    return {(one["path"], one["rule"], one["start"]) for one in content["findings"]}


def test_what_is_written_and_told(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    assert capsys.readouterr() == ("", TOLD)
    assert (hugo / "healthlint.yaml").read_text(encoding="utf-8") == CONFIG
    assert (hugo / ".pre-commit-config.yaml").read_text(encoding="utf-8") == HOOKS
    main(["schema", "config"])
    assert (hugo / ".healthlint.schema.json").read_text(encoding="utf-8") == capsys.readouterr().out


def test_what_is_written_is_taken_by_the_reader_and_the_schema(hugo: Path) -> None:
    main(["init"])
    config = configfile.read("healthlint.yaml")
    assert config.front_matter == (("author", ("writer",)), ("date", ("last_checked_on",)))
    assert config.exclude == ("/public/", "/layouts/", "/README.md", "/content/LICENSE.md")
    assert VALIDATORS["config"].is_valid(yaml.load(CONFIG, Loader=Core))
    commented = "\n".join(line.removeprefix("# ") for line in CONFIG.splitlines() if ":" in line and "[READ" in line)
    (hugo / "healthlint.yaml").write_text(commented, encoding="utf-8")
    assert configfile.read("healthlint.yaml").ignore == ("READ-007",)


def test_nothing_changes_but_what_is_told(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = findings(capsys)
    main(["init"])
    capsys.readouterr()
    after = findings(capsys)
    gone = before - after
    assert after <= before
    left_out = set(site.look(".").left_out)
    assert left_out == {"README.md", "content/LICENSE.md", "layouts/page.html", "public/good.html"}
    unexplained = {(path, rule) for path, rule, _ in gone if path.removeprefix("./") not in left_out}
    assert unexplained == {("./content/posts/tea.md", "DISC-002")}  # 'writer' is read as author, as was told


def test_without_anything_to_leave_out_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, articles__tea_dot_md=BAD)
    before = findings(capsys)
    assert main(["init"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "No known site generator; 1 article in articles",
        "healthlint.yaml: written",
        ".healthlint.schema.json: written, for editors",
        "healthlint-baseline.json: written, still empty",
        "no git repository here, so no pre-commit hook and no CI job; run this again after 'git init'",
        "Next: healthlint baseline articles/",
    ]
    assert findings(capsys) == before
    assert before


def test_a_dry_run_writes_nothing(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(hugo.rglob("*"))
    assert main(["init", "--dry-run"]) == 0
    assert sorted(hugo.rglob("*")) == before
    out, err = capsys.readouterr()
    assert (
        f"--- healthlint.yaml\n{CONFIG}\n--- .healthlint.schema.json\n(what 'healthlint schema config' prints)" in out
    )
    assert "healthlint.yaml: would be written\n" in err
    assert "Next:" not in err


def test_a_second_time_nothing_is_replaced(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    for name in WRITTEN:
        with (hugo / name).open("a") as file:
            file.write("# mine, healthlint:\n")
    before = {name: (hugo / name).read_bytes() for name in WRITTEN}
    capsys.readouterr()
    assert main(["init"]) == 0
    assert {name: (hugo / name).read_bytes() for name in WRITTEN} == before
    assert capsys.readouterr().err.splitlines() == [
        "Hugo; 2 articles in content",
        "healthlint.yaml: is there already and stays as it is; --force replaces it",
        ".pre-commit-config.yaml: has healthlint already and stays as it is",
        ".github/workflows/healthlint.yml: is there already and stays as it is",
        "Next: healthlint baseline content/",
    ]


def test_force_says_what_it_replaces_and_keeps_the_baseline(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    (hugo / "healthlint.yaml").write_text("ignore: [HYPE]\n", encoding="utf-8")
    main(["baseline", "content"])
    known = (hugo / "healthlint-baseline.json").read_bytes()
    capsys.readouterr()
    assert main(["init", "--force"]) == 0
    told = capsys.readouterr().err
    assert "healthlint.yaml: written; it replaces what was there\n" in told
    assert "healthlint-baseline.json: is there already and stays as it is\n" in told
    assert ".github/workflows/healthlint.yml: written; it replaces what was there\n" in told
    assert (hugo / "healthlint.yaml").read_text(encoding="utf-8") == CONFIG
    assert (hugo / "healthlint-baseline.json").read_bytes() == known


def test_a_table_in_pyproject_is_a_configuration(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hugo / "pyproject.toml").write_text("[tool.healthlint]\nignore = ['HYPE']\n", encoding="utf-8")
    main(["init"])
    assert "pyproject.toml: is there already and stays as it is; --force replaces it\n" in capsys.readouterr().err
    assert not (hugo / "healthlint.yaml").exists()
    main(["init", "--force"])
    assert "healthlint.yaml: written; it counts more than pyproject.toml from now on\n" in capsys.readouterr().err


def test_a_site_below_the_top_of_the_repository(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(hugo, sites__it__s__docs__a_dot_md=BAD)
    os.rename("sites/it/s", "sites/it/it's")
    assert main(["init", "sites/it/it's"]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "Next: healthlint baseline 'sites/it/it'\"'\"'s/docs/'"
    assert (hugo / "sites/it/it's/healthlint.yaml").exists()
    (hook,) = yaml.safe_load((hugo / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert hook["files"].startswith("(?i)^(sites/it/it's/docs)/")
    workflow = yaml.safe_load((hugo / WRITTEN[-1]).read_text())
    assert "sites/it/it'\"'\"'s/docs/" in workflow["jobs"]["healthlint"]["steps"][-1]["run"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"hugo_dot_yaml": "", "content__a_dot_md": BAD}, ("Hugo", ("content",))),
        ({"archetypes__default_dot_md": BAD, "content__a_dot_md": BAD}, ("Hugo", ("content",))),
        (
            {"_config_dot_yml": "", "_posts__a_dot_md": BAD, "_recipes__b_dot_md": BAD},
            ("Jekyll", ("_posts", "_recipes")),
        ),
        ({"_config_dot_yml": "", "_posts__a_dot_md": BAD, "about_dot_md": BAD}, ("Jekyll", (".",))),
        (
            {"docusaurus_dot_config_dot_ts": "", "docs__a_dot_mdx": BAD, "blog__b_dot_md": BAD, "other__c_dot_md": BAD},
            ("Docusaurus", ("docs", "blog")),
        ),
        ({"astro_dot_config_dot_mjs": "", "src__content__blog__a_dot_md": BAD}, ("Astro", ("src/content",))),
        ({"_dot_eleventy_dot_js": "", "src__posts__a_dot_md": BAD}, ("Eleventy", ("src/posts",))),
        ({"wp-content__x_dot_txt": "", "a__index_dot_html": "<p>Tea.</p>"}, ("WordPress export", ("a",))),
        (
            {"a__index_dot_html": '<meta name="generator" content="WordPress 6.5"><p>Tea.</p>'},
            ("WordPress export", ("a",)),
        ),
        ({"posts__a_dot_md": "---\npost_id: 3\n---\n" + BAD}, ("WordPress export", ("posts",))),
        ({"public__a_dot_md": BAD}, ("", ("public",))),
        ({"public__a_dot_html": "<p>Tea.</p>", "texts__a_dot_md": BAD}, ("", ("texts",))),
        ({"public__a_dot_md": BAD, "texts__a_dot_md": BAD}, ("", ("public", "texts"))),
        ({"posts__2026__a_dot_md": BAD}, ("", ("posts",))),
        ({"src__a_dot_md": BAD, "src__b__a_dot_md": BAD}, ("", ("src",))),
        ({"a_dot_md": BAD}, ("", (".",))),
        ({}, ("", (".",))),
    ],
)
def test_generator_and_content(files: dict[str, str], expected: tuple[str, tuple[str, ...]], tmp_path: Path) -> None:
    fill(tmp_path, **files)
    found = site.look(str(tmp_path))
    assert (found.generator, found.content) == expected


def test_keys_of_the_front_matter(tmp_path: Path) -> None:
    keys = """\
writer: Ana Ruiz
author_url: https://example.org/ana
checked_by: Ben Okoro
posted_on: 3 May 2026
event_date: 2026-05-03
updates: none
next_check_date: 2027-05-03
studies: [https://example.org/1]
resources: yes
site_disclaimer: general
lastmod: 2026-05-03
params: {reviewedBy: Cleo}
"""
    fill(tmp_path, a__one_dot_md=f"---\n{keys}---\n{BAD}", a__two_dot_md=f"---\nwriter: Ana\n---\n{BAD}")
    found = site.look(str(tmp_path))
    assert found.keys == {"reviewer": 1, "date": 1}
    assert found.guessed == (
        ("author", "writer", 2),
        ("reviewer", "checked_by", 1),
        ("date", "posted_on", 1),
        ("next_review", "next_check_date", 1),
        ("sources", "studies", 1),
        ("disclaimer", "site_disclaimer", 1),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "repos:\n- a: b\n"),
        ("# nothing yet\n", "# nothing yet\nrepos:\n- a: b\n"),
        ("default_stages: [x]", "default_stages: [x]\nrepos:\n- a: b\n"),
        ("repos: []\nci: {}\n", "repos:\n- a: b\nci: {}\n"),
        ("repos:\nci: {}\n", "repos:\n- a: b\nci: {}\n"),
        ("repos:\n- x: y", "repos:\n- x: y\n- a: b\n"),
        ("repos:\n  - x: y  # why\n  # end\nci: {}\n", "repos:\n  - x: y  # why\n  - a: b\n  # end\nci: {}\n"),
        ("repos:\n  - x: |\n      y\n\nci: {}\n", None),
        ("repos: [{x: y}]\n", None),
        ("repos: 3\n", None),
        ("- repos\n", None),
        ("repos: [\n", None),
        ("--- \nrepos: []\n---\nrepos: []\n", None),
    ],
)
def test_an_item_is_put_into_a_list(before: str, after: str | None) -> None:
    made = yamledit.with_item(before, "repos", "- a: b\n")
    if after is None and made is not None:  # where it goes is free, as long as all is there
        assert yaml.safe_load(made) == {
            **yaml.safe_load(before),
            "repos": [*yaml.safe_load(before)["repos"], {"a": "b"}],
        }
    else:
        assert made == after


def test_an_existing_hook_file_keeps_every_line(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = "# ours\r\nrepos:\r\n  - repo: local   # mine\r\n    hooks: []\r\n\r\nfail_fast: true\r\n"
    (hugo / ".pre-commit-config.yaml").write_bytes(before.encode())
    main(["init"])
    assert ".pre-commit-config.yaml: healthlint added, the rest as it was\n" in capsys.readouterr().err
    after = (hugo / ".pre-commit-config.yaml").read_bytes().decode()
    assert "\n" not in after.replace("\r\n", "")
    assert [line for line in after.splitlines() if line in before.splitlines()] == before.splitlines()
    assert [repo["repo"] for repo in yaml.safe_load(after)["repos"]] == ["local", "local"]


def test_what_cannot_be_added_to_is_told(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hugo / ".pre-commit-config.yaml").write_text("repos: [{repo: meta, hooks: []}]\n", encoding="utf-8")
    assert main(["init"]) == 0
    assert (hugo / ".pre-commit-config.yaml").read_text() == "repos: [{repo: meta, hooks: []}]\n"
    told = capsys.readouterr().err
    assert ".pre-commit-config.yaml: cannot be added to safely and stays as it is; put this in by hand:\n- r" in told


def test_gitlab_gets_a_job_in_a_stage_that_there_is(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("remote", "set-url", "origin", "https://gitlab.example.org/acme/site.git")
    before = "stages: [check, deploy]\npages:\n  stage: deploy\n  script: [!reference [.x, script]]\n"
    (hugo / ".gitlab-ci.yml").write_text(before, encoding="utf-8")
    main(["init"])
    assert ".gitlab-ci.yml: healthlint added, the rest as it was\n" in capsys.readouterr().err
    after = (hugo / ".gitlab-ci.yml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "\nhealthlint:\n  stage: check\n" in after
    assert not (hugo / ".github").exists()


@pytest.mark.parametrize(
    ("words", "remote", "expected"),
    [
        ([], "https://gitlab.com/a/b.git", [".gitlab-ci.yml"]),
        ([], "https://example.org/a/b.git", []),
        (["--ci", "gitlab"], "https://github.com/a/b.git", [".gitlab-ci.yml"]),
        (["--ci", "none"], "https://github.com/a/b.git", []),
    ],
)
def test_the_service_is_seen_or_said(words: list[str], remote: str, expected: list[str], hugo: Path) -> None:
    git("remote", "set-url", "origin", remote)
    main(["init", *words])
    assert [name for name in (".gitlab-ci.yml", ".github") if (hugo / name).exists()] == expected


def test_healthlint_from_its_repository(hugo: Path) -> None:
    main(["init", "--requirement", "git+https://git.example.org/healthlint.git@v0.1.0"])
    text = (hugo / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert text == (
        "repos:\n- repo: https://git.example.org/healthlint.git\n  rev: v0.1.0\n  hooks:\n    - id: healthlint\n"
        "      files: '(?i)^(content)/.*\\.(md|markdown|mdx|html|htm|txt|docx)$'\n"
    )
    assert "pip install git+https://git.example.org/healthlint.git@v0.1.0\n" in (hugo / WRITTEN[-1]).read_text()


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (
            {"url": "https://a.org/h.git", "vcs_info": {"vcs": "git", "requested_revision": "v1", "commit_id": "abc"}},
            "git+https://a.org/h.git@v1",
        ),
        ({"url": "https://a.org/h.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, "git+https://a.org/h.git@abc"),
        ({"url": "file:///home/h", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, "healthlint==0.1.0"),
        ({"url": "file:///home/h", "dir_info": {"editable": True}}, "healthlint==0.1.0"),
        (None, "healthlint==0.1.0"),
    ],
)
def test_where_this_healthlint_comes_from(
    origin: dict[str, object] | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Distribution:
        def read_text(self, name: str) -> str | None:
            return json.dumps(origin) if origin is not None and name == "direct_url.json" else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Distribution())
    assert init._requirement() == expected


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["nowhere"], "healthlint: there is no folder 'nowhere'\n"),
        (["a", "b"], "healthlint: 'healthlint init' sets up one folder at a time; name one\n"),
        (["--forc"], "healthlint: there is no option '--forc', did you mean '--force'?\n"),
    ],
)
def test_mistakes(words: list[str], complaint: str, hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", *words]) == 2
    assert capsys.readouterr().err == complaint
    assert not (hugo / "healthlint.yaml").exists()


def test_a_folder_that_cannot_be_written(hugo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hugo / ".github").write_text("a file", encoding="utf-8")
    assert main(["init", "--ci", "github"]) == 2
    assert capsys.readouterr().err.startswith("healthlint: .github/workflows/healthlint.yml cannot be written: ")


def test_words_are_quoted_where_yaml_needs_it() -> None:
    assert [starters._quoted(word) for word in ("/public/", "*.md", "it's", "a-b_c.d")] == [
        "/public/",
        "'*.md'",
        "'it''s'",
        "a-b_c.d",
    ]
