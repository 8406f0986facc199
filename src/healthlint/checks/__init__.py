"""Rules in Python. Each is a function of the document and the setting of the run; packs call them by name."""

from __future__ import annotations

from healthlint.checks import citations, disclosure, evidence, medicines, numbers, readability, wording
from healthlint.rule import Check

CHECKS: dict[str, Check] = {
    "no_sources": citations.no_sources,
    "uncited_claim": citations.uncited_claim,
    "untraceable_study": citations.untraceable_study,
    "weak_source_base": citations.weak_source_base,
    "citation_integrity": citations.citation_integrity,
    "missing_disclaimer": disclosure.missing_disclaimer,
    "missing_author": disclosure.missing_author,
    "missing_reviewer": disclosure.missing_reviewer,
    "missing_date": disclosure.missing_date,
    "undisclosed_interest": disclosure.undisclosed_interest,
    "off_label_undisclosed": medicines.off_label_undisclosed,
    "title_omits_species": evidence.title_omits_species,
    "missing_caveat": evidence.missing_caveat,
    "animal_result_as_human": evidence.animal_result_as_human,
    "observational_causal": evidence.observational_causal,
    "contested_claim": evidence.contested_claim,
    "missing_study_basics": evidence.missing_study_basics,
    "weak_study_strong_verb": evidence.weak_study_strong_verb,
    "relative_change": numbers.relative_change,
    "unquantified_benefit": numbers.unquantified_benefit,
    "misleading_approval": medicines.misleading_approval,
    "heading_stronger_than_body": wording.heading_stronger_than_body,
    "reading_grade": readability.reading_grade,
    "undefined_acronyms": readability.undefined_acronyms,
    "long_sentences": readability.long_sentences,
    "wall_of_text": readability.wall_of_text,
    "speculative_question": wording.speculative_question,
    "repeated_promotion": wording.repeated_promotion,
    "page_furniture": readability.page_furniture,
}
"""The checks by the names that rule packs use."""
