"""The pages of votes: the list, an election, the booth, the receipt, the result, the desk of campaign managers."""
