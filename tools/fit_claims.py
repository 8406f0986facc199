#!/usr/bin/env python3
"""Learn the cue table of claim strength from labelled sentences.

    PYTHONPATH=src python tools/fit_claims.py sentences.jsonl [--write]

A line of the file is {"sentence", "label" 0..3, "source", "reference", ...}. Prints macro-F1 on these sentences;
`--write` replaces `rules/tables/cues.yaml`. `benchmarks/claims.py` cross-validates. Needs the extra `fit`
(scikit-learn). The same data give the same table.

Method: for each level a linear classifier on features scaled by their log-count ratio (NB-SVM; Wang & Manning, ACL
2012), here with logistic loss and coefficients of at least 0: a cue never weighs for a level in which it is rarer than
elsewhere. The cues with the largest weight times root of frequency stay, and are fitted again. How much the sentences
count against the wish for small weights is chosen by cross-validation within the sentences that are learned from.

Cues are made of facts, outlines, the words of `rules/tables/claims.yaml`, and of small words, so that no topic is
learned: that statins work and smoking harms would be true in the data, but says nothing about how a sentence claims it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csc_matrix, csr_matrix, diags
from scipy.special import expit
from sklearn.metrics import f1_score

from healthlint import prepared, tables
from healthlint.analysis import cues
from healthlint.analysis.clauses import Clauses
from healthlint.analysis.outline import SMALL_WORDS
from healthlint.grammar import inflections, sequences
from healthlint.phrases import Words

CUES = 1000
RAREST = 6
"""A cue must stand in as many sentences."""
FITS = (0.05, 0.1, 0.2)
"""How much the sentences may count against the wish for small weights."""
FOLDS, INNER_FOLDS = 5, 3
LEVELS = 4
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
        clauses, size = Clauses(words), len(words)
        facts = {cue for cue, _, _ in cues.fact_cues(clauses, 0, size)}
        return facts | set(cues.outline_cues(clauses, 0, size)) | set(self._phrases(words))

    def _phrases(self, words: Words) -> Iterator[str]:
        folded = words.folded
        roots = [self.roots.get(word, word) for word in folded]
        for i in range(len(words)):
            for size in range(1, cues.LONGEST_PHRASE + 1):
                run = slice(i, i + size)
                if i + size > len(words) or folded[i + size - 1] in self.topics or not _close(words, i, size):
                    break
                yield " ".join(folded[run])
                yield " ".join(roots[run])


def _claim_words() -> frozenset[str]:
    """The words that cues may be made of."""
    content = tables.read_yaml(prepared.rules_folder() / "tables" / "claims.yaml")
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


class Data(NamedTuple):
    """Sentences by cues, the levels that people gave, and the reference of each sentence."""

    matrix: csr_matrix
    labels: np.ndarray
    references: np.ndarray

    def of(self, rows: np.ndarray) -> Data:
        """Some of the sentences."""
        return Data(self.matrix[rows], self.labels[rows], self.references[rows])


class Model:
    """Cues and their weights, fitted to some of the sentences."""

    def __init__(self, data: Data, fit: float) -> None:
        columns = np.flatnonzero(np.asarray(data.matrix.sum(0)).ravel() >= RAREST)
        weights, _ = _fitted(data.matrix[:, columns], data.labels, fit)
        frequency = np.asarray(data.matrix[:, columns].sum(0)).ravel()
        order = np.argsort(-np.abs(weights).max(0) * np.sqrt(frequency), kind="stable")[:CUES]
        self.columns = np.sort(columns[order])
        weights, start = _fitted(data.matrix[:, self.columns], data.labels, fit)
        self.weights, self.start = weights.round(2), start.round(2)

    def predict(self, matrix: csr_matrix) -> np.ndarray:
        """The level of each sentence."""
        return (matrix[:, self.columns] @ self.weights.T + self.start).argmax(1)


def learned(data: Data) -> Model:
    """The model whose `fit` does best in cross-validation within the data."""
    return Model(data, max(FITS, key=lambda fit: macro_f1(data.labels, _said(data, INNER_FOLDS, 0, fit))))


def cross_validated(data: Data, seed: int) -> np.ndarray:
    """For each sentence the level that a model says which has seen nothing of its reference; `seed` deals the folds."""
    return _said(data, FOLDS, seed, None)


def _said(data: Data, folds: int, seed: int, fit: float | None) -> np.ndarray:
    said = np.zeros_like(data.labels)
    for test in folds_of(data.references, folds, seed):
        train = data.of(np.setdiff1d(np.arange(len(said)), test))
        said[test] = (learned(train) if fit is None else Model(train, fit)).predict(data.matrix[test])
    return said


def folds_of(references: np.ndarray, folds: int, seed: int) -> list[np.ndarray]:
    """The sentences of each fold; those of one reference stand in the same."""
    every, which = np.unique(references, return_inverse=True)
    fold = np.random.default_rng(seed).permutation(len(every)) % folds
    return [np.flatnonzero(fold[which] == number) for number in range(folds)]


def _fitted(matrix: csr_matrix, labels: np.ndarray, fit: float) -> tuple[np.ndarray, np.ndarray]:
    weights, start = zip(*(_level(matrix, labels == level, fit) for level in range(LEVELS)), strict=True)
    return np.array(weights), np.array(start)


def _level(matrix: csr_matrix, inside: np.ndarray, fit: float) -> tuple[np.ndarray, float]:
    """Weights that tell a level from the others, and the weight to start with; both sides count the same."""
    ratio = _ratio(matrix, inside)
    scaled = (matrix @ diags(ratio)).tocsr()
    sign = np.where(inside, 1.0, -1.0)
    share = fit * len(inside) / 2 / np.where(inside, inside.sum(), (~inside).sum())

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


def data_of(rows: list[Row]) -> tuple[Data, np.ndarray]:
    """The labelled sentences by cues, and the cues. Only cues of enough sentences are kept, and of those that stand in
    the same sentences only the shortest; that looks at no label.
    """
    columns: dict[str, list[int]] = {}
    for row, found in enumerate(Candidates(rows).of):
        for cue in found:
            columns.setdefault(cue, []).append(row)
    alike: dict[tuple[int, ...], str] = {}
    for cue in sorted(columns, key=lambda cue: (len(cue.split()), len(cue), cue)):
        if len(columns[cue]) >= RAREST:
            alike.setdefault(tuple(columns[cue]), cue)
    names = sorted(alike.values())
    ends = np.cumsum([0, *(len(columns[cue]) for cue in names)])
    indices = np.array([row for cue in names for row in columns[cue]])
    matrix = csc_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(names)))
    references = np.array([row["reference"] for row in rows])
    return Data(matrix.tocsr(), np.array([row["label"] for row in rows]), references), np.array(names)


def macro_f1(labels: np.ndarray, said: np.ndarray) -> float:
    """The mean of the F1 of the levels."""
    return float(f1_score(labels, said, average="macro"))


HEAD = """\
# yaml-language-server: $schema=../../schemas/table.json
# The cues of claim strength, written by tools/fit_claims.py; see healthlint.analysis.cues.
about: "Cue -> weight for no claim, association, conditional, causal. The level with the largest sum is the verdict."
source: "Learned from sentences of Yu 2019 (doi:10.18653/v1/D19-1473), Yu 2020 (doi:10.18653/v1/2020.coling-main.427)"
as_of: 2026-11-24
review_by: 2028-11-24
"""


def written(model: Model, names: np.ndarray) -> str:
    """The table as YAML."""

    def line(values: np.ndarray) -> str:
        return "[" + ", ".join(f"{value + 0.0:.2f}" for value in values) + "]"

    body = [f'  "{name}": {line(model.weights[:, i])}' for i, name in enumerate(names[model.columns])]
    return f"{HEAD}start: {line(model.start)}\ncues:\n" + "\n".join(body) + "\n"


def main() -> None:
    """Fit, measure, and write the table if that is wanted."""
    parser = argparse.ArgumentParser(description="Learn the cue table of claim strength.")
    parser.add_argument("data")
    parser.add_argument("--write", action="store_true", help="replace rules/tables/cues.yaml")
    options = parser.parse_args()
    data, names = data_of(read(options.data))
    model = learned(data)
    said = model.predict(data.matrix)
    print(f"{len(said)} sentences, {len(names)} candidates, {len(model.columns)} cues")
    print(f"macro-F1 on the sentences themselves {macro_f1(data.labels, said):.3f}")
    if options.write:
        (prepared.rules_folder() / "tables" / "cues.yaml").write_text(written(model, names), encoding="utf-8")


if __name__ == "__main__":
    main()
