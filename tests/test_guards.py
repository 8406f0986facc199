"""Each guard on its own: the marked words are excused, or they are not."""

import pytest

from healthlint.analysis.guards import GUARDS
from healthlint.formats import parse
from healthlint.text import Source

CASES = [
    ("negated", "This is not a <<miracle>>.", True),
    ("negated", "There is no <<magic bullet>> for it.", True),
    ("negated", "It doesnt come without <<risks>>.", False),
    ("negated", "It is not cheap, but it is a <<miracle>>.", False),
    ("negated", "It is a <<miracle>>, not a trick.", False),
    ("negated", "Nobody came. It is a <<miracle>>.", False),
    ("negated", "She was not afraid to try the <<revolutionary>> pill.", False),
    ("negated", "Although we don't know, the tools are <<revolutionary>>.", False),
    ("negated", "For those who have not answered, these results are a <<miracle>>.", False),
    ("negated", "It is not, as they say, a <<miracle>>.", True),
    ("needed", "Trials are needed to <<demonstrate>> an effect.", True),
    ("needed", "They asked whether the tablets <<cure>> it.", True),
    ("needed", "Whether you run or swim, the tablets <<cure>> it.", False),
    ("needed", "We need to <<calm>> the gut.", False),
    ("needed", "The trials <<demonstrate>> an effect.", False),
    ("needed", "A study was designed to <<demonstrate>> an effect.", True),
    ("needed", "The tablets are designed to <<boost>> the mood.", False),
    ("distanced", "Despite popular notions about <<miracle cures>>, it is a plant.", True),
    ("distanced", "The so-called <<miracle cure>> is a tea.", True),
    ("distanced", "The <<miracle cure>> is a tea.", False),
    ("distanced", "Myth: the tea is a <<miracle cure>>.", True),
    ("distanced", "It is a fruit that he called a <<miracle cure>>.", True),
    ("distanced", "It is a fruit that he called a &quot;<<miracle cure>>&quot;.", True),
    ("distanced", "The so-called tea is cheap; it is a <<miracle cure>>.", False),
    ("hedged", "It may be a <<breakthrough>>.", True),
    ("hedged", "It can be a <<breakthrough>>.", False),
    ("hedged", "It is a <<breakthrough>>, and it may rain.", False),
    ("quoted", "\u201cIt is a <<game changer>>,\u201d said a doctor.", True),
    ("quoted", "\u201cYes,\u201d he said, and called it a <<game changer>>.", False),
    ("quoted", 'He called it "a <<game changer>>" twice.', True),
    ("doubted", 'Some want "<<boosting" immunity>> all winter.', True),
    ("doubted", 'Some call "<<boosting immunity>>" a plan.', False),
    ("technical", "Doctors call it <<breakthrough>> pain.", True),
    ("technical", "Doctors call it a <<breakthrough>> in pain.", False),
    ("technical", "It <<lowered wound healing time by 40%>> there.", False),
    ("cited", "Pain <<fell by half>> [3].", True),
    ("cited", "Pain <<fell by half>> (doi:10.1177/1352458520936226).", True),
    ("cited", "Pain <<fell by half>>. Others saw the same [3].", False),
    ("paragraph-cited", "Pain <<fell by half>>. Others saw the same [3].", True),
    ("paragraph-cited", "Pain <<fell by half>>.\n\nOthers saw the same [3].", False),
    ("counted", "It was <<well tolerated>> by two of the twelve.", True),
    ("counted", "It was <<well tolerated>> in two ways.", False),
    ("near-cited", "<<Studies show>> that tea calms. Others saw the same [3].", True),
    ("near-cited", "<<Studies show>> that tea calms. In one of them people slept [3].", True),
    ("near-cited", "<<Studies show>> that tea calms. Coffee wakes people up [3].", False),
    ("near-cited", "Tea <<was shown to>> calm. Others saw the same [3].", False),
    ("credited", "<<Studies show>> that tea calms, says Raed.", True),
    ("credited", "<<Studies show>> that tea calms, says the label.", False),
    ("named-group", "At Harbour <<Health researchers have found>> that tea calms.", True),
    ("named-group", "In Bergen, many <<health researchers have found>> that tea calms.", False),
    ("own-study", "It appeared in the Nordic Joint Journal. <<Researchers found>> that tea calms.", True),
    ("own-study", "<<Researchers found>> that tea calms. It appeared in the Nordic Joint Journal.", False),
    ("own-study", "A <<new study shows>> that tea calms. It appeared in the Nordic Joint Journal.", True),
    ("refuted", "The tea <<cures gout>>. That claim goes beyond the evidence.", True),
    ("refuted", "The tea <<cures gout>>. That shop is open.", False),
    ("attributed", "The work was done at the University of Bergen. <<Scientists have found>> that tea calms.", True),
    ("attributed", "The work was done in spring. <<Scientists have found>> that tea calms.", False),
    (
        "attributed",
        "It was done at the University of Bergen. Tea grows there. It is green. <<Scientists>> drink it.",
        False,
    ),
    ("answered", "<<Can the drug help?>>\n\nEarly evidence does not show that it does.", True),
    ("answered", "<<Can the drug help?>>\n\nIt helps most people within a week.", False),
    ("debunked", "The tea can <<cure gout>>, he said. It does not cure gout. Nothing cures gout.", True),
    ("debunked", "The tea can <<cure gout>>, he said. It cures asthma. It does not cure flu.", False),
    ("asked", "Is it <<better than surgery>>? Not for everybody, the page says.", True),
    ("asked", "It is <<better than surgery>>. Is it cheaper, too?", False),
    ("answered", "<<Can the drug help?>> Early evidence does not show that it does.", False),
    ("studied", "Drug A was <<more effective than>> placebo: 64% against 28% responded.", True),
    ("studied", "In a cohort study it was <<more effective than>> rest.", True),
    ("studied", "Our tea is <<more effective than>> theirs.", False),
    ("compared", "It was <<safer than>> rest.\n\nIn a cohort study of 300 people 9% fell.", True),
    ("compared", "It was <<safer than>> rest.\n\nIt is blue.", False),
    ("closing", "Pain fell a bit in May, and in June.\n\n###\n\nWe offer <<world-class care>>.", True),
    (
        "closing",
        "Pain fell a bit in May, and a bit more in July.\n\nAbout the Society\n\nWe offer <<world-class care>>.",
        True,
    ),
    ("closing", "We offer <<world-class care>>.\n\n###\n\nPain fell.", False),
    ("quoted", '"It is a <<game changer>>.\n\n"And it is new," he said.', True),
    ("quoted", 'It is 5" long, a <<game changer>>.\n\nAnd it is new.', False),
    ("defined", "<<Myelin>>, an insulating layer, was lost.", True),
    ("defined", "Sudden jerks called <<myoclonus>> set in.", True),
    ("defined", "The <<myelin>> was lost.", False),
]


@pytest.mark.parametrize(("name", "marked", "excused"), CASES)
def test_guard(name: str, marked: str, excused: bool) -> None:
    start, end = marked.index("<<"), marked.index(">>") - 2
    document = parse(Source("a.txt", marked.replace("<<", "").replace(">>", "")))
    at = document.text.index(marked[start + 2 : end + 2])
    assert GUARDS[name](document, at, at + end - start) is excused


def test_every_guard_is_tried_both_ways() -> None:
    assert {(name, excused) for name, _, excused in CASES} == {
        (name, told) for name in GUARDS for told in (True, False)
    }
