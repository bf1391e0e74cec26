"""Votes: rules frozen and hashed, one ballot a person, a count and ballots that anyone can recount."""
