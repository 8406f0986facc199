"""SUPP rules: what is wrong with suppressions. They are listed and explained like all rules.

Suppressions stand in comments, outside of the prose that checks see, and whether one is used is known only when all
findings are; so `healthlint.suppressions` makes these findings, and the check here finds nothing.
"""

from __future__ import annotations

from healthlint.document import Document
from healthlint.rule import Hit, Setting


def suppression(document: Document, setting: Setting) -> tuple[Hit, ...]:
    """A comment that lets a finding stand, and is itself not in order."""
    return ()
