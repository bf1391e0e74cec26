"""Dossiers on the site: finding, reading, depositing, supporting, discussing."""
