#!/usr/bin/env python3
"""Learn the cue table of claim strength from labelled sentences.

    PYTHONPATH=src python tools/fit_claims.py sentences.jsonl [--write]

A line of the file is {"sentence", "label" 0..3, "source", "reference", ...}. Prints macro-F1, fitted and in five-fold
cross-validation in which no reference stands on both sides and cues are chosen anew in every fold; `--write` replaces
`rules/tables/cues.yaml`. Needs the extra `fit` (scikit-learn). The same data give the same table.

Method: for each level a linear classifier on features scaled by their log-count ratio (NB-SVM; Wang & Manning, ACL
2012), here with logistic loss and coefficients of at least 0: a cue never weighs for a level in which it is rarer than
elsewhere. The cues with the largest weight times root of frequency stay, and are fitted again.

Cues are made of facts, of the words of `rules/tables/claims.yaml`, and of small words, so that no topic is learned:
that statins work and smoking harms would be true in the data, but says nothing about how a sentence claims it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags
from scipy.special import expit
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from healthlint import tables
from healthlint.analysis import cues
from healthlint.analysis.clauses import Clauses
from healthlint.grammar import inflections, sequences
from healthlint.phrases import Words

CUES = 1000
RAREST = 4
"""A cue must stand in as many sentences."""
FIT = 0.2
"""How much the sentences count against the wish for small weights."""
LEVELS = 4
SMALL_WORDS = frozenset(
    "a an and are as at be been by could do does for from had has have how if in into is it its may might more most"
    " no not of on or so that the their there these they this to was we were what when which who will with would you"
    " your our than all any s % other some such those after before during while because she he among between under"
    " over per only just about around against without within through upon up down out off both either neither each"
    " every many much few several one two three first second third same another new".split()
)
GAP = 3

Row = dict[str, Any]


def read(path: str) -> list[Row]:
    """The labelled sentences."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


class Candidates:
    """Every cue that a sentence could have, as the phrase language writes it."""

    def __init__(self, rows: list[Row]) -> None:
        self.words = [Words(row["sentence"], (0,), tables.names) for row in rows]
        self.roots = _roots({word for words in self.words for word in words.folded})
        said, families = _claim_words(), set(map(self.roots.get, _claim_words())) - {None}
        every = {word for words in self.words for word in words.folded}
        self.topics = {word for word in every - said if self.roots.get(word) not in families}
        self.of = [self._candidates(words) for words in self.words]

    def _candidates(self, words: Words) -> set[str]:
        facts = {cue for cue, _, _ in cues.fact_cues(Clauses(words), 0, len(words))}
        return facts | set(self._phrases(words))

    def _phrases(self, words: Words) -> Iterator[str]:
        folded = words.folded
        roots = [self.roots.get(word, word) for word in folded]
        for i in range(len(words)):
            for size in (1, 2, 3):
                run = slice(i, i + size)
                if i + size > len(words) or folded[i + size - 1] in self.topics or not _close(words, i, size):
                    break
                yield " ".join(folded[run])
                yield " ".join(roots[run])
            for j in range(i + 1, min(i + GAP + 2, len(words))):
                if folded[i] in self.topics or not words.passable(j - 1):
                    break
                if folded[j] not in self.topics and not {folded[i], folded[j]} <= SMALL_WORDS:
                    yield f"{roots[i]} ..{GAP} {roots[j]}"


def _claim_words() -> frozenset[str]:
    """The words that cues may be made of."""
    content = tables.read_yaml(tables.rules_folder() / "tables" / "claims.yaml")
    found = set(SMALL_WORDS)
    for phrase in (phrase for entry in content["entries"] for phrase in entry["words"]):
        for element in (element for sequence in sequences(phrase) for element in sequence):
            found |= {element} if isinstance(element, str) else element if isinstance(element, frozenset) else set()
    return frozenset(found)


def _close(words: Words, first: int, size: int) -> bool:
    return all(words.close(i) for i in range(first, first + size - 1))


def _roots(vocabulary: set[str]) -> dict[str, str]:
    """`increase~` for increase, increases, increased: the shortest word that has the others as inflections."""
    root: dict[str, str] = {}
    for word in sorted(vocabulary, key=lambda word: (len(word), word)):
        if len(word) > 3 and word.isalpha():
            for form in inflections(word) & vocabulary:
                root.setdefault(form, word)
    families = Counter(root.values())
    return {form: f"{word}~" for form, word in root.items() if families[word] > 1}


class Model:
    """Cues and their weights, fitted to some of the sentences."""

    def __init__(self, matrix: csr_matrix, labels: np.ndarray, names: np.ndarray) -> None:
        columns = np.flatnonzero(np.asarray(matrix.sum(0)).ravel() >= RAREST)
        weights, _ = _fitted(matrix[:, columns], labels)
        frequency = np.asarray(matrix[:, columns].sum(0)).ravel()
        order = np.argsort(-np.abs(weights).max(0) * np.sqrt(frequency), kind="stable")[:CUES]
        self.columns = np.sort(columns[order])
        self.names = names[self.columns]
        weights, start = _fitted(matrix[:, self.columns], labels)
        self.weights, self.start = weights.round(2), start.round(2)

    def predict(self, matrix: csr_matrix) -> np.ndarray:
        """The level of each sentence."""
        return (matrix[:, self.columns] @ self.weights.T + self.start).argmax(1)


def _fitted(matrix: csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    weights, start = zip(*(_level(matrix, labels == level) for level in range(LEVELS)), strict=True)
    return np.array(weights), np.array(start)


def _level(matrix: csr_matrix, inside: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights that tell a level from the others, and the weight to start with; both sides count the same."""
    ratio = _ratio(matrix, inside)
    scaled = (matrix @ diags(ratio)).tocsr()
    sign = np.where(inside, 1.0, -1.0)
    share = FIT * len(inside) / 2 / np.where(inside, inside.sum(), (~inside).sum())

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (scaled @ values[:-1] + values[-1])
        slope = -share * sign * expit(-margin)
        penalty = 0.5 * (values[:-1] ** 2).sum() + 0.005 * values[-1] ** 2
        gradient = np.append(scaled.T @ slope + values[:-1], slope.sum() + 0.01 * values[-1])
        return float((share * np.logaddexp(0, -margin)).sum() + penalty), gradient

    bounds = [(0, None)] * matrix.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 150})
    return found.x[:-1] * ratio, float(found.x[-1])


def _ratio(matrix: csr_matrix, inside: np.ndarray) -> np.ndarray:
    """How much more often a cue stands inside the level than outside of it, as a logarithm, with one added."""
    yes, no = (np.asarray(matrix[rows].sum(0)).ravel() + 1.0 for rows in (inside, ~inside))
    return np.log(yes / yes.sum()) - np.log(no / no.sum())


def matrix_of(candidates: Candidates) -> tuple[csr_matrix, np.ndarray]:
    """Sentences by cues. Only cues of enough sentences are kept; that looks at no label."""
    count = Counter(cue for found in candidates.of for cue in found)
    names = sorted(cue for cue, number in count.items() if number >= RAREST)
    place = {cue: i for i, cue in enumerate(names)}
    columns = [[place[cue] for cue in sorted(found) if cue in place] for found in candidates.of]
    ends = np.cumsum([0, *map(len, columns)])
    indices = np.array([i for row in columns for i in row])
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(columns), len(names))), np.array(names)


def cross_validated(rows: list[Row], matrix: csr_matrix, names: np.ndarray) -> np.ndarray:
    """For each sentence the level that a model says which has seen nothing of its reference."""
    labels, groups = labels_of(rows), [row["reference"] for row in rows]
    said = np.zeros_like(labels)
    for train, test in GroupKFold(5).split(matrix, labels, groups):
        said[test] = Model(matrix[train], labels[train], names).predict(matrix[test])
    return said


def labels_of(rows: list[Row]) -> np.ndarray:
    """The levels that people gave."""
    return np.array([row["label"] for row in rows])


def scores(rows: list[Row], said: np.ndarray) -> dict[str, float]:
    """Macro-F1 for each source and for all."""
    labels, sources = labels_of(rows), np.array([row["source"] for row in rows])
    chosen = {source: sources == source for source in sorted(set(sources))} | {"all": sources != ""}
    return {source: float(f1_score(labels[rows_], said[rows_], average="macro")) for source, rows_ in chosen.items()}


HEAD = """\
# yaml-language-server: $schema=../../schemas/table.json
# The cues of claim strength, written by tools/fit_claims.py; see healthlint.analysis.cues.
about: "Cue -> weight for no claim, association, conditional, causal. The level with the largest sum is the verdict."
source: "Learned from sentences of Yu 2019 (doi:10.18653/v1/D19-1473), Yu 2020 (doi:10.18653/v1/2020.coling-main.427)"
as_of: 2026-11-24
review_by: 2028-11-24
"""


def written(model: Model) -> str:
    """The table as YAML."""

    def line(values: np.ndarray) -> str:
        return "[" + ", ".join(f"{value + 0.0:.2f}" for value in values) + "]"

    body = [f'  "{name}": {line(model.weights[:, i])}' for i, name in enumerate(model.names)]
    return f"{HEAD}start: {line(model.start)}\ncues:\n" + "\n".join(body) + "\n"


def main() -> None:
    """Fit, measure, and write the table if that is wanted."""
    parser = argparse.ArgumentParser(description="Learn the cue table of claim strength.")
    parser.add_argument("data")
    parser.add_argument("--write", action="store_true", help="replace rules/tables/cues.yaml")
    options = parser.parse_args()
    rows = read(options.data)
    matrix, names = matrix_of(Candidates(rows))
    model = Model(matrix, labels_of(rows), names)
    fitted, honest = scores(rows, model.predict(matrix)), scores(rows, cross_validated(rows, matrix, names))
    print(f"{len(rows)} sentences, {len(names)} candidates, {len(model.names)} cues")
    for source in honest:
        print(f"{source:8} macro-F1 fitted {fitted[source]:.3f}  cross-validated {honest[source]:.3f}")
    if options.write:
        (tables.rules_folder() / "tables" / "cues.yaml").write_text(written(model), encoding="utf-8")


if __name__ == "__main__":
    main()
