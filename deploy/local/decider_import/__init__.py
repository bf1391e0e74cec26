"""Leaving another platform: its export becomes dossiers, discussions and supports of a running suite."""
