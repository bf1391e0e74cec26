"""The plain path: one RPC, one transaction, one INSERT, one reply for each ballot, on the same parts as the suite."""
