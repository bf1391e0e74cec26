"""What is told of a dossier or a message: ids, codes and counts."""

from typing import Any

from contracts import ideas as c

from ideas.domain.discussion import Comment
from ideas.domain.dossier import Dossier


def of_dossier(one: Dossier) -> dict[str, Any]:
    """What every event about a dossier says."""
    return {"idea_id": one.id, "number": one.number, "kind": one.kind, "author_id": one.author}


def deposited(one: Dossier) -> c.IdeaDeposited:
    """It was deposited."""
    more = {"state": one.state, "theme": one.theme, "district": one.place.district}
    return c.IdeaDeposited.model_validate(of_dossier(one) | more)


def opened(one: Dossier) -> c.IdeaOpened:
    """It is published."""
    more = {
        "title": one.title,
        "theme": one.theme,
        "district": one.place.district,
        "campaign": one.campaign,
        "closes_on": one.closes_on,
    }
    return c.IdeaOpened.model_validate(of_dossier(one) | more)


def imported(one: Dossier) -> c.DossierTakenOver:
    """It was taken over from elsewhere."""
    return c.DossierTakenOver(
        idea_id=c.IdeaId(one.id),
        number=one.number,
        kind=one.kind,
        title=one.title,
        theme=one.theme,
        district=one.place.district,
        campaign=one.campaign,
        state=c.State(one.state),
    )


def of_comment(one: Comment, dossier: Dossier) -> dict[str, Any]:
    """What every event about a message says."""
    return {"comment_id": one.id, "idea_id": one.idea_id, "number": dossier.number, "author_id": one.author}


def written(one: Comment, dossier: Dossier, parent: Comment | None) -> c.CommentPublished:
    """Somebody wrote in the discussion."""
    more = {
        "side": one.side,
        "parent_id": one.parent_id,
        "parent_author_id": parent.author if parent else None,
        "idea_author_id": dossier.author,
        "service": one.service,
    }
    return c.CommentPublished.model_validate(of_comment(one, dossier) | more)
