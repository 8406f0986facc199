"""healthlint: a linter for health articles."""

__version__ = "0.1.0"

from healthlint.analysis.claims import ClaimStrength, claim_strength
from healthlint.config import Config
from healthlint.engine import Finding, lint, lint_text

__all__ = ["ClaimStrength", "Config", "Finding", "__version__", "claim_strength", "lint", "lint_text"]
