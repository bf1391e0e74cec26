"""Read models for lists and pages: a fixed number of statements each, and keyset pages."""
