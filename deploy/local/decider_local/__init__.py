"""What `make up` does: a whole suite on one machine, private servers included, under one process manager."""
