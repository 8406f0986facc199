"""healthlint: a linter for health articles."""

__version__ = "0.1.0"

from healthlint.config import Config
from healthlint.engine import Finding, lint, lint_text

__all__ = ["Config", "Finding", "__version__", "lint", "lint_text"]
