"""The REST API under ``/api/v1``: routes are data, the frame does the rest."""
