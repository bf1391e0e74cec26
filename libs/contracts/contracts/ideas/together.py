"""What whole pages show, in one answer: what several questions would tell, asked at once."""

from contracts.base import Reply
from contracts.ideas.discussion import ListComments, ThreadPage
from contracts.ideas.dossiers import DossierView, RecordView
from contracts.ideas.finding import DossierPage, IdeaCounts, ListIdeas


class ReadWhole(ListComments):
    """A dossier with its record and one page of its threads."""


class WholeDossier(Reply):
    """All of it, as far as the caller may see it; without threads as long as moderation has not published it."""

    dossier: DossierView
    record: RecordView
    threads: ThreadPage


class BrowseIdeas(ListIdeas):
    """A page of dossiers, and the counts beside its filters."""


class IdeasFound(Reply):
    """Both, for the same filters."""

    page: DossierPage
    counts: IdeaCounts
