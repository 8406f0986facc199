#!/usr/bin/env python3
"""Claim strength on labelled sentences: what the shipped table says, what it says fitted to them, and cross-validated.

    PYTHONPATH=src python benchmarks/claims.py sentences.jsonl

The file is that of `tools/fit_claims.py`. "shipped" is `healthlint.claim_strength` with the table as it stands; on the
sentences from which the table was learned it must be the same as "fitted". "cross-validated" is the honest figure for
those; for sentences that the table has never seen, "shipped" is. Needs the extra `fit` (scikit-learn).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from fit_claims import Candidates, Model, cross_validated, labels_of, matrix_of, read, scores

from healthlint import claim_strength


def main() -> None:
    rows = read(sys.argv[1])
    start = time.perf_counter()
    shipped = np.array([int(claim_strength(row["sentence"])) for row in rows])
    took = time.perf_counter() - start
    matrix, names = matrix_of(Candidates(rows))
    fitted = Model(matrix, labels_of(rows), names).predict(matrix)
    columns = {
        "shipped": scores(rows, shipped),
        "fitted": scores(rows, fitted),
        "cross-validated": scores(rows, cross_validated(rows, matrix, names)),
    }
    print(f"macro-F1 on {len(rows)} sentences; {took / len(rows) * 1000:.2f} ms each, one at a time")
    print("source    " + "  ".join(f"{name:>15}" for name in columns))
    for source in columns["shipped"]:
        print(f"{source:10}" + "  ".join(f"{figures[source]:15.3f}" for figures in columns.values()))


if __name__ == "__main__":
    main()
