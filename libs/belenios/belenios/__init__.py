"""The Belenios protocol, version 1: sealed ballots that anyone can check and nobody can open alone.

This package knows nothing of databases, networks or clocks; it turns values into values. docs/protocol.md holds the
formulas, docs/sealed-votes.md what they are for. Section numbers in comments ("§6") are those of docs/protocol.md.
"""
