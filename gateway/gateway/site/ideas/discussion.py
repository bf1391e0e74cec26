"""The discussion of a dossier: write, answer, find useful, correct, report."""

from contracts.ideas import (
    DOWNVOTE_COMMENT,
    EDIT_COMMENT,
    LIST_REPLIES,
    POST_COMMENT,
    READ_COMMENT,
    REMOVE_UPVOTE,
    REPORT_COMMENT,
    UPVOTE_COMMENT,
    CommentView,
    DownvoteComment,
    ListReplies,
    ReadComment,
    RemoveUpvote,
    UpvoteComment,
)

from gateway.forms.ideas import CommentEditForm, CommentForm, ReplyForm, ReportForm
from gateway.site.answers import Answer, Redirect, page
from gateway.site.ideas.dossier import asked, read, shown
from gateway.site.ideas.labels import Labels
from gateway.site.ids import as_id, new_id
from gateway.site.names import names
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit


def _back(comment: CommentView) -> Redirect:
    return Redirect(f"/dossiers/{comment.number}#message-{comment.parent_id or comment.id}")


def write(visit: Visit) -> Answer:
    """Begin a thread."""
    form = CommentForm.sent(visit)
    dossier = read(visit)
    written = form.submit(POST_COMMENT, idea_id=dossier.id)
    return shown(visit, *asked(visit), form) if written is None else _back(written)


def show(visit: Visit) -> Answer:
    """A thread, with all its answers and the form of one more."""
    return _thread(visit, ReplyForm.blank(visit, comment_id=new_id()))


def _thread(visit: Visit, form: ReplyForm) -> Answer:
    comment_id = as_id(visit.url["comment"])
    comment = visit.call(READ_COMMENT, ReadComment(comment_id=comment_id))
    request = ListReplies(comment_id=comment_id, after=visit.query("after") or None, limit=100)
    replies = visit.call(LIST_REPLIES, request)
    form.options["service"] = ReplyForm.services(visit)
    return page(
        "ideas/thread.html",
        status=form.status,
        comment=comment,
        replies=replies,
        names=names(visit, [comment.author, *(one.author for one in replies.items)]),
        labels=Labels(visit),
        form=form,
    )


def answer(visit: Visit) -> Answer:
    """Answer a message."""
    form = ReplyForm.sent(visit)
    comment = visit.call(READ_COMMENT, ReadComment(comment_id=as_id(visit.url["comment"])))
    written = form.submit(POST_COMMENT, idea_id=comment.idea_id, parent_id=comment.id)
    return _thread(visit, form) if written is None else Redirect(f"/messages/{comment.id}#message-{written.id}")


def useful(visit: Visit) -> Answer:
    """Find a message useful."""
    return _back(visit.call(UPVOTE_COMMENT, UpvoteComment(comment_id=as_id(visit.url["comment"]))))


def not_useful(visit: Visit) -> Answer:
    """Find it not useful."""
    return _back(visit.call(DOWNVOTE_COMMENT, DownvoteComment(comment_id=as_id(visit.url["comment"]))))


def no_longer(visit: Visit) -> Answer:
    """Take that back."""
    return _back(visit.call(REMOVE_UPVOTE, RemoveUpvote(comment_id=as_id(visit.url["comment"]))))


def _page(visit: Visit, template: str, form: CommentEditForm | ReportForm) -> Answer:
    comment = visit.call(READ_COMMENT, ReadComment(comment_id=as_id(visit.url["comment"])))
    if isinstance(form, ReportForm):
        form.options["reason"] = ReportForm.reasons(visit)
    elif not form.values:
        form.values = {"text": [comment.text]}
    return page(template, status=form.status, comment=comment, form=form, labels=Labels(visit))


def ask_to_correct(visit: Visit) -> Answer:
    """The form of a correction."""
    return _page(visit, "ideas/comment-edit.html", CommentEditForm.blank(visit))


def correct(visit: Visit) -> Answer:
    """Correct one's message shortly after writing it."""
    form = CommentEditForm.sent(visit)
    written = form.submit(EDIT_COMMENT, comment_id=visit.url["comment"])
    return _page(visit, "ideas/comment-edit.html", form) if written is None else _back(written)


def ask_to_report(visit: Visit) -> Answer:
    """The form of a report."""
    return _page(visit, "ideas/report.html", ReportForm.blank(visit))


def report(visit: Visit) -> Answer:
    """Tell moderation."""
    form = ReportForm.sent(visit)
    received = form.submit(REPORT_COMMENT, comment_id=visit.url["comment"])
    if received is None:
        return _page(visit, "ideas/report.html", form)
    return page("ideas/reported.html", received=received)


ROUTES: tuple[SiteRoute, ...] = (
    post("/dossiers/{number}/messages", write, who=Who.CITIZEN),
    get("/messages/{comment}", show),
    post("/messages/{comment}", answer, who=Who.CITIZEN),
    post("/messages/{comment}/utile", useful, who=Who.CITIZEN),
    post("/messages/{comment}/pas-utile", not_useful, who=Who.CITIZEN),
    post("/messages/{comment}/plus-utile", no_longer, who=Who.CITIZEN),
    get("/messages/{comment}/modifier", ask_to_correct, who=Who.CITIZEN),
    post("/messages/{comment}/modifier", correct, who=Who.CITIZEN),
    get("/messages/{comment}/signaler", ask_to_report, who=Who.CITIZEN),
    post("/messages/{comment}/signaler", report, who=Who.CITIZEN),
)
