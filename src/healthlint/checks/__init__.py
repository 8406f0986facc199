"""Rules in Python. Each is a function of the document and the setting of the run; packs call them by name."""

from __future__ import annotations

from healthlint.checks import citations, disclosure, evidence, readability, wording
from healthlint.rule import Check

CHECKS: dict[str, Check] = {
    "no_sources": citations.no_sources,
    "bare_references": citations.bare_references,
    "missing_disclaimer": disclosure.missing_disclaimer,
    "missing_author": disclosure.missing_author,
    "missing_reviewer": disclosure.missing_reviewer,
    "missing_date": disclosure.missing_date,
    "undisclosed_interest": disclosure.undisclosed_interest,
    "off_label_undisclosed": disclosure.off_label_undisclosed,
    "title_omits_species": evidence.title_omits_species,
    "missing_caveat": evidence.missing_caveat,
    "animal_result_as_human": evidence.animal_result_as_human,
    "reading_grade": readability.reading_grade,
    "undefined_acronyms": readability.undefined_acronyms,
    "long_sentences": readability.long_sentences,
    "wall_of_text": readability.wall_of_text,
    "speculative_question": wording.speculative_question,
    "repeated_promotion": wording.repeated_promotion,
    "untraceable_study": wording.untraceable_study,
    "page_furniture": readability.page_furniture,
}
"""The checks by the names that rule packs use."""
