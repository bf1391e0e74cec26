"""The rules of dossiers: pure functions on values. Time, identifiers and rules are parameters."""
