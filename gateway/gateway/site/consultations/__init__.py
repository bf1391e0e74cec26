"""Consultations on the site: read, answer, look at what was answered."""
