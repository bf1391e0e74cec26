"""The archive UUID.bel (§11): one file, only ever appended to, that holds everything needed to check an election."""
