"""The rules of telling people things, pure: what is told to whom, when a mail may leave, what its failure means."""
