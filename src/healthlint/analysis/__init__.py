"""Facts about a document that several rules need: each a function of the document, computed at most once."""
