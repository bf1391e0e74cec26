"""What can be done, one short function each: load, decide, keep, tell. Nothing else commits."""
