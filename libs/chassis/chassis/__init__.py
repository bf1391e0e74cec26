"""How things cross the wire: calls, events, batches, databases, jobs, health. No business noun lives here."""
