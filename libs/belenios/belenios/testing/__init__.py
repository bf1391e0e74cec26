"""Trial elections and mutants of them, for the tests of this package and of whoever builds on it."""
