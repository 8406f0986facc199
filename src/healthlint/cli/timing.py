"""`--time-rules`: what each rule costs, measured once more over the articles of a run.

Rehearsals warm everything up and find out which facts (words, sentences, names of tables...) the rules of an article
share; then these are computed before any rule runs, each by itself. So no rule pays for what the others use, too. Each
time is the best of some rounds, since a busy machine only ever adds.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from healthlint.analysis.language import language
from healthlint.analysis.sentences import words
from healthlint.config import Config
from healthlint.document import Document
from healthlint.engine import Active, Report, active_rules
from healthlint.formats import parse
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Setting
from healthlint.text import Source

_REHEARSALS = 2  # sets of phrases change how they are looked up when they have served two texts
_ROUNDS = 3


class Costs(NamedTuple):
    """Seconds: of shared facts (reading the file is one), and of rules, each with its id and name."""

    facts: dict[str, float]
    rules: dict[str, float]


def measured(runs: Iterable[tuple[Config, Report]]) -> Costs:
    """What the articles cost together, each with its configuration."""
    gc.disable()  # or a collection is charged to whichever rule happens to set it off
    total = Costs(defaultdict(float), defaultdict(float))
    for config, report in runs:
        if report.source is not None and report.words:
            for times, part in zip(total, _best(report.source, report.path, config), strict=True):
                for name, seconds in part.items():
                    times[name] += seconds
    gc.enable()
    return total


def _best(source: Source, path: str, config: Config) -> Costs:
    steps = config.steps(path)
    profile = [step.profile for step in steps if step.profile][-1]
    jurisdiction = [step.jurisdiction for step in steps if step.jurisdiction][-1]
    setting, rules = Setting(profile, jurisdiction, config.day), active_rules(steps, config.packs)
    for _ in range(_REHEARSALS):
        known = parse(source)
        language(known)
        for active in rules:
            list(active.check(known, setting))
    rounds = [_round(known, rules, setting) for _ in range(_ROUNDS)]
    facts, costs = ({name: min(each[part][name] for each in rounds) for name in rounds[0][part]} for part in (0, 1))
    return Costs(facts, costs)


def _round(known: Document, rules: Iterable[Active], setting: Setting) -> Costs:
    costs = Costs({}, {})
    document = _timed(costs.facts, "reading the file", lambda: parse(known.source))
    _share(known, document, costs.facts)
    for active in rules:
        check = active.check
        _timed(costs.rules, f"{active.rule.id} {active.rule.name}", lambda: list(check(document, setting)))  # noqa: B023
    return costs


def _share(known: Document, document: Document, times: dict[str, float]) -> None:
    """Compute for the document the facts that are known of its twin, in the order in which they became known."""
    analyses: dict[Any, Any] = known._memo
    for analyse in analyses:
        module, name = analyse.__module__.rpartition(".")[2], analyse.__name__.strip("_").replace("_", " ")
        document._memo[analyse] = _timed(times, f"{module}: {name}", lambda: analyse(document))  # noqa: B023
        if name == words.__name__:
            _timed(times, "names of tables and word sets", lambda: _find_names(known, document))


def _find_names(known: Document, document: Document) -> None:
    for name in words(known)._matches:
        words(document).members(name)


def _timed(times: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    start = perf_counter()
    result = work()
    times[name] = perf_counter() - start
    return result


def table(costs: Costs) -> str:
    """The costs as lines for people, the dearest first."""
    total = sum(costs.facts.values()) + sum(costs.rules.values()) or 1.0
    lines = ["Time, measured once more:"]
    for heading, times in (("shared by several rules, computed first", costs.facts), ("rules", costs.rules)):
        ranked = sorted(((time, f"  {name}") for name, time in times.items()), reverse=True)
        for seconds, name in ((sum(times.values()), heading), *ranked):
            lines.append(f"{seconds * 1000:9.2f} ms  {seconds / total:6.1%}  {name}")
    return "\n".join(lines)
