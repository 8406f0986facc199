"""EVID-006: relative changes without the numbers that they start from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from healthlint.analysis.guards import negated, quoted, technical
from healthlint.analysis.segments import PROSE, section_starts, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.checks.starting_points import is_of_animals, matters_less, needs_no_start
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

PERCENT = r"(?:\s?%|[ -]?per ?cent(?!age))"
"""The end of a share, in a pattern: 40%, 40 per cent."""
_SHARE = (
    r"(?:(?:about|around|approximately|nearly|almost|roughly|over|more than|up to|as much as|at least|some) )?"
    rf"(?:[\u2265>~\u2248]\s?)?\d+(?:\.\d+)?(?:\s?[-\u2013]\s?\d+(?:\.\d+)?)?{PERCENT}"
)
_CHANGE = (
    r"(?:reduc|lower|cut|decreas|declin|drop|fell|fall|increas|rais|rose|rising|improv|boost|jump|slash|shr[ia]nk|slow|eas"
    r"|relie|less|grew|grow|worsen|surg|climb|diminish|lessen|trim|curb|exten|prolong|lengthen|plummet|plung|tumbl|soar"
    r"|skyrocket|spik)\w*"
)
_TIMES = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*(?:\.\d+)?)[- ]?"
_GAINED = (
    r"(?:sleep|energy|pain|muscle|fat|weight|strength|stress|anxiety|focus|collagen|hydration|endurance|mobility"
    r"|inflammation|relief|testosterone|symptoms|wrinkles|attacks|headaches|cravings|hair|bone|power)"
)
_RISK = r"(?:risk|odds|chances?|rate|likelihood|survival|pain|symptoms)"
_SHARES = expression(
    rf"\b{_CHANGE}\b[^.;:()]{{0,110}}?\bby (?:an average of |a further )?{_SHARE}"
    rf"|{_SHARE} (?:relative )?(?:(?:risk|pain|symptom|weight|fat|mortality|tumou?r) )?(?:reduction|decrease|increase"
    r"|slowing|improvement|drop|decline|lower|higher|greater|reduced|increased|improved|less likely|more likely"
    r"|less risk|more risk|less chance|fewer|better|faster|longer|boost|rise|cut|fall)\b"
    rf"|{_SHARE} (?:more|less|extra) (?:[\w-]+ ){{0,2}}?{_GAINED}\b"
    rf"|{_SHARE} (?:more|less) (?:effective|powerful|efficient|active|accurate|productive|absorbable|bioavailable)\b"
    rf"|\b(?:reduced|decreased|fell|dropped|declined|rose|increased|improved|gone up|gone down) {_SHARE}"
    rf"|\b(?:goes|go|went|going) (?:up|down) by {_SHARE}"
    rf"|\b(?:risk|odds|chances?|likelihood) (?:of [\w\s]{{0,40}})?"
    rf"(?:by|falls?|fell|rises?|rose|drops?|dropped) {_SHARE}"
)
_MULTIPLES = expression(
    r"\b(?:halv|doubl|tripl|quadrupl)(?:e|es|ed|ing)"
    rf" (?:the|your|their|a person's|his|her|in)? ?(?:[\w-]+ ){{0,2}}(?:{_RISK}"
    r"|effects?|benefits?|effectiveness|length of time|duration|life ?spans?)\b"
    r"|\b(?:cut|cuts|cutting|lowers?|lowered|reduces?|reduced|raises?|raised|increases?|increased)"
    r" (?:[\w-]+ ){0,6}(?:risk|odds|chances?|rate|pain|discomfort|symptom|seizure|relapse|inflammation|anxiety"
    r"|stress|bloating|headache|migraine|attack|fatigue|mortality|hunger|appetite|craving|wrinkle|cholesterol|infection"
    r"|fall|death|bleeding|stroke|flare|hot flash|hot flush)(?:s|es)?\b"
    r"[^.;:()]{0,60}? by (?:over |more than |almost |nearly |about |up to |as much as )?(?:a |one[ -]|two[ -])?"
    r"(?:third|quarter|half|thirds|fifth)s?\b"
    r"|\b(?:number|rate|frequency|incidence|risk|odds|severity|duration) of (?:[\w-]+ ){1,9}?"
    r"(?:reduced|cut|lowered|decreased|increased|raised|fell|dropped|declined|rose)"
    r" by (?:over |more than |almost |nearly |about |up to |as much as )?(?:a |one[ -]|two[ -])?"
    r"(?:third|quarter|half|thirds|fifth)s?\b"
    r"|\b(?:a|one) (?:third|quarter|half|fifth)(?: \([^()]{1,20}\))? (?:less|more) likely\b"
    r"|\b(?:risk|odds|chances?|pain|discomfort|symptoms|seizures|relapses|inflammation|attacks|stress|anxiety)"
    r" (?:to |can |could |may |will )?(?:falls?|fell|drops?|dropped|shrinks?|shrank|declined?s?|decreased?s?)"
    r" by (?:a |one[ -]|two[ -])?(?:third|quarter|half|thirds|fifth)s?\b"
    r"|\bcuts? (?:the|your|their) (?:[\w-]+ ){0,2}(?:risk|odds|chances?) (?:of [\w\s]{0,30} )?in half\b"
    rf"|\b(?:half|twice|{_TIMES}(?:times|fold)) (?:as |more |less |the |higher |lower |greater |increased? )"
    r"(?:likely|risk|odds|chances?|likelihood|in risk|effective)\b"
    rf"|\b(?:risk|odds|chances?|likelihood)\b(?:(?!\b(?:risk|odds|chance|likel))[^.;:()]){{0,80}}?"
    rf" {_TIMES}(?:times|fold) (?:higher|greater|lower)\b"
    rf"|\b{_TIMES}fold (?:increase|decrease|higher|lower|greater|rise|reduction)\b"
    rf"|\b(?:increas|ris|rais|boost|improv|grow|climb|jump|drop|fall|decreas|multipl)(?:e|es|ed|ing|y|ied|ies)?s?"
    rf" (?:(?:by )?(?:up to|as much as|at least|about|more than|over|nearly|almost)|by) (?:a factor of )?{_TIMES}"
    r"(?:times|fold)\b(?! (?:a|per|each|every)\b)"
)
_SHARE_WORDS = frozenset("% percent per".split())
_MULTIPLE_WORDS = frozenset(
    "halve halves halved halving third quarter thirds double doubles doubled doubling triple triples"
    " tripled tripling quadruple quadruples quadrupled half twice times fold".split()
)
_BEFELL = (
    r"(?:died|experienced|suffered|developed|relapsed|survived|contracted|responded|(?:were|was|been) (?:diagnosed"
    r"|hospitali[sz]ed|readmitted)|had (?:a |an )?(?:stroke|heart attack|event|relapse|recurrence|fracture|fall))\b"
)
"""What happened to those who are counted."""
_NO_YEAR = r"(?!(?:19|20)\d\d\b)"
_AND_THE_OTHERS = (
    r"and\b(?=[^.;]{0,140}\b(?:placebo|controls?|without|not|didn't|untreated|usual|standard|comparison|others?|sham|no"
    r"|never|dummy|who)\b)"
)
"""Shares joined by "and" are those of two groups where one of them is told to be the other: 8% and, on placebo, 4%."""
_NOT_RELATIVE = r"(?! (?:higher|lower|greater|more|less|fewer|increase|decrease|reduction|rise|drop)\b)"
"""Behind a share that is one of a change: two of these tell no starting point."""
_FEW = r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten)"
_ABSOLUTE = expression(  # where a word begins
    rf"from (?:about |around |an average of |nearly )?\$?{_NO_YEAR}\d[\d.,]*(?:\s?%| per ?cent)?(?: [\w/]+){{0,5}}?"
    r" to (?:about |around )?\d"
    rf"|(?!one of\b){_FEW} (?:in|of|out of)(?: every| the)? {_NO_YEAR}(?:{_FEW}|twenty|hundred)\b"
    r"|per (?:1,?000|10,?000|100,?000|100|million|thousand|hundred)\b"
    r"|percentage points?\b|number needed to treat\b|nnt\b"
    rf"|\d[\d.,]*{PERCENT}{_NOT_RELATIVE}[^.;]{{0,120}}?"
    rf"\b(?:compared (?:with|to)|versus|vs\.?|against|exceed(?:s|ed|ing)|{_AND_THE_OTHERS}|while|but|whereas|v)\b"
    rf"[^.;]{{0,80}}?(?<!\b10)\d{PERCENT}{_NOT_RELATIVE}"
    r"|\d[\d,]*(?:\.\d+)? (?:points?|mmhg|mm hg|kg|kilograms|pounds|lbs?|mg/dl|mmol)\b"
    r"[^.;,%]{0,60}\b(?:lower|higher|less|more|longer|shorter|fewer|than)\b"
    r"|\d[\d,]*(?:\.\d+)? (?:days|weeks|years|months|hours|minutes)"
    r" (?:(?:longer|shorter|less|more|fewer)\b|[^.;,%]{0,40}(?<!rather )\bthan (?!\d))"
    rf"|\d[\d,]*(?:\.\d+)? ?(?:vs\.?|versus|v\.|compared (?:with|to)) ?\d+(?:\.\d+)?{PERCENT}"
    r"|\d[\d,]*(?:\.\d+)?(?: (?:to|and) \d+(?:\.\d+)?)? ?mm ?hg\b"
    r"|\d[\d,]*(?:\.\d+)? (?:fewer|less|more|extra|additional) (?!than\b|likely\b|or\b|times\b|effective\b)[a-z]+s\b"
    rf"|(?:placebo|control|untreated|comparison) (?:group|arm|patients|participants|people|women|men|mice|rats|animals)"
    rf"(?: (?!by\b)[a-z]+){{1,4}} \d[\d.]*{PERCENT}"
    r"|(?:down to|down from|up from) (?:about |around )?\d+(?:\.\d+)?"
    r"(?![\d.,]*(?:\s?%| ?per ?cent|[ -]?(?:times|fold)))"
    rf"|\d[\d.,]*(?:{PERCENT})?\)?(?: [a-z']+){{0,9}} (?:had|reported|experienced|saw|achieved|showed|reached)"
    rf" (?:at least |more than |over )?(?:an? )?(?:at least )?{_SHARE}"
    r" (?:[a-z]+ )?(?:reduction|decrease|improvement|drop|increase|decline)\b"  # how many reached a threshold
    rf"|(?<!by )\d[\d.,]*{PERCENT}\)?{_NOT_RELATIVE}(?: of (?:the |all |those |their )?(?:[a-z']+ ){{0,5}}?[a-z']+)?"
    rf" (?:later |then |had |have |also )?{_BEFELL}"  # how many it happened to
    r"|\d[\d,]+ (?:of (?:the|them|these) |[a-z]+ )?(?:participants|people|patients|women|men|adults|children)"
    rf"(?: who)? (?:later |then |had )?{_BEFELL}"
    rf"|(?P<share>\d[\d,]*(?: [a-z-]+){{1,8}} \(\d[\d.]*{PERCENT})"
    rf"|(?P<shares>(?<!by )\d[\d.,]*{PERCENT}{_NOT_RELATIVE} (?:of|in|among|for|with)\b[^.;]{{0,90}}?\band\b"
    rf"[^.;]{{0,60}}?(?<!by )(?<!\b10)\d[\d.]*{PERCENT}{_NOT_RELATIVE})"
)
_NOT_A_CHANGE = expression(
    r"\bdefin\w+ as\b|\bmeasured as\b|\bend ?points?\b|\b(?:goals?|targets?) (?:of|to|that|is|was)\b"
    r"|\bresponses?,? (?:in which|defined|meaning)\b"
    r"|\bconfidence interval\b|\bp\s?[<=]\s?0|\bsolution\b|\bdiscount\b|\bprice\b|\bsale"
)
"""How a success was defined, what is aimed at, and what is no change at all."""
_DOSING = expression(r"(?:reduce|cut|lower|increase|raise)\b[^.;]{0,60}\b(?:dose|dosage|doses)\b")
"""An instruction: "reduce the dose by 25%"."""
_NEAR = 1500
"""In a long section, an absolute number counts if it stands this many characters before or after."""


def relative_change(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-006: a relative change, and no absolute number or starting point in the section.

    A note for a life span or a level of animals or cells whose source is given, and for what one person feels.
    """
    lower = words(document).lower
    for sentence, patterns in _with_relative_word(document):
        found = [match for pattern in patterns if (match := _first(pattern, document, sentence))]
        if not found or _NOT_A_CHANGE.search(lower, sentence.start, sentence.end):
            continue
        start, end = min(found, key=re.Match.start).span()
        if (
            _DOSING.match(lower, start, end)
            or technical(document, start, end)
            or negated(document, start, end)
            or needs_no_start(document, lower, sentence)
            or _has_absolute(document, lower, sentence)
        ):
            continue
        lesser = matters_less(document, lower, sentence, end)
        severity = Severity.INFO if lesser or quoted(document, start, end) else Severity.WARNING
        fields = {"match": document.text[start:end]} | (
            {"help": _OF_ANIMALS} if is_of_animals(document, sentence) else {}
        )
        yield Hit(start, end, severity, fields)


_OF_ANIMALS = (
    'Give the numbers on both sides, for example "tumours in 15 of 60 mice, and in 20 of 60 without the drug".'
)


def _first(pattern: re.Pattern[str], document: Document, sentence: Sentence) -> re.Match[str] | None:
    """The first match in a sentence, tried only where a word can begin one: a search takes ten times as long."""
    at = words(document)
    for number in range(sentence.first, sentence.last):
        word, start = at.folded[number], at.starts[number]
        if word in _OPENING or word.startswith(_COMPARING) or word[0].isdigit():
            signed = _SIGN.search(at.lower, max(sentence.start, start - 2), start)
            match = pattern.match(at.lower, signed.start() if signed else start, sentence.end)
            if match:
                return match
    return None


_SIGN = expression(r"[\u2265>~\u2248]\s?$")
_OPENING = frozenset(
    "about around approximately nearly almost roughly over more up as at some a one two three four five six seven eight"
    " nine ten went go goes going gone pain discomfort"
    " symptoms seizures relapses inflammation attacks stress anxiety number rate frequency incidence severity"
    " duration".split()
)


def _with_relative_word(document: Document) -> Iterator[tuple[Sentence, list[re.Pattern[str]]]]:
    """The sentences that may tell a relative change, with the patterns that may match there."""
    at, kinds, every = words(document), segments(document), sentences(document)
    patterns: dict[int, list[re.Pattern[str]]] = {}
    for pattern, signs in ((_SHARES, _SHARE_WORDS), (_MULTIPLES, _MULTIPLE_WORDS)):
        for number in {at.sentence[place] for word in signs & at.index.keys() for place in at.index[word]}:
            patterns.setdefault(number, []).append(pattern)
    for number in sorted(patterns):
        sentence = every[number]
        if kinds[sentence.block] in PROSE and _compares(at.folded[sentence.first : sentence.last]):
            yield sentence, patterns[number]


def _compares(folded: list[str]) -> bool:
    """Whether a word begins like one of those of which a relative change needs one; asked before the long pattern."""
    return any(word.startswith(_COMPARING) for word in folded)


_COMPARING = tuple(
    "reduc lower cut decreas declin drop fell fall increas rais rose rising rise improv boost jump slash"
    " shr slow eas relie less grew grow worsen surg climb diminish trim curb exten prolong lengthen longer"
    " higher greater fewer better faster more risk odds chance likel halv half doubl tripl quadrupl twice"
    " times fold third quarter fifth multipl plummet plung tumbl soar skyrocket spik".split()
)


def _has_absolute(document: Document, lower: str, sentence: Sentence) -> bool:
    starts = section_starts(document)
    section = starts[sentence.block]
    blocks = [block for number, block in enumerate(document.blocks) if starts[number] == section]
    low = max(blocks[0].start, sentence.start - _NEAR)
    high = min(blocks[-1].end, sentence.end + _NEAR)
    at = words(document)
    numbers = range(bisect_left(at.starts, low), bisect_left(at.starts, high))
    tried = (n for n in numbers if at.folded[n] in _ABSOLUTE_WORDS or at.folded[n][0].isdigit())
    found = (_ABSOLUTE.match(lower, at.starts[n], high) for n in tried)
    return any(match and _is_of_outcome(lower, match) for match in found)


def _is_of_outcome(lower: str, match: re.Match[str]) -> bool:
    """Whether a count or two shares are of people to whom something happened: not "four out of 10 napped"."""
    if not (match["share"] or match["shares"] or _COUNT.match(match.group())):
        return True
    start = max(lower.rfind(mark, 0, match.start()) for mark in (". ", "\n")) + 1
    stop = _STOP.search(lower, match.end())
    return bool(_OUTCOME.search(lower, start, stop.start() if stop else len(lower)))


_STOP = expression(r"\. |\n")


_COUNT = expression(rf"{_FEW} (?:in|of|out of)\b")
_OUTCOME = expression(
    r"\b(?:risks?|odds|chances?|die[ds]?|dying|deaths?|develop\w*|diagnos\w*|cases?|suffer\w*|surviv\w*|respon\w*|improv\w*"
    r"|recover\w*|relaps\w*|symptoms?|pain|cancers?|tumou?rs?|strokes?|attacks?|diseases?|infect\w*|remission|headaches?"
    r"|events?|experienc\w*|report\w*|reach\w*|achiev\w*|affect\w*|benefit\w*|cured?|free|recall\w*|callback\w*|detect\w*)\b"
)


_ABSOLUTE_WORDS = frozenset(
    "from per percentage number nnt down up placebo control untreated comparison one two three four five six seven"
    " eight nine ten".split()
)
