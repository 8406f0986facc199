"""healthlint: a linter for health articles."""
