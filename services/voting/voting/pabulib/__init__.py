"""Pabulib (`.pb`, `.pb.gz`): participatory-budget elections as files, read and written ballot by ballot.

A row that cannot be used is refused with its line and the reason, and the rest goes on: ``Reader.problems`` holds every
one of them. Nothing here needs the service to run.
"""

from voting.pabulib.exporting import export
from voting.pabulib.mapping import Frame, NotOffered, ballot_of, draft_of
from voting.pabulib.reading import Meta, NotPabulib, Problem, Project, Reader, Vote, opened
from voting.pabulib.writing import write

__all__ = [
    "Frame",
    "Meta",
    "NotOffered",
    "NotPabulib",
    "Problem",
    "Project",
    "Reader",
    "Vote",
    "ballot_of",
    "draft_of",
    "export",
    "opened",
    "write",
]
