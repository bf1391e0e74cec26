"""The rules of a vote as values and pure functions: no database, no broker, no clock, no hidden randomness."""
