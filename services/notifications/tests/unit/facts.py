"""Events as other services tell them, for tests."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from contracts import ideas
from contracts.base import AccountId

NUMBER = "PAR-2026-004217"
TITLE = "Planter des arbres place de la Nation"


def about(author: UUID | None, **more: Any) -> dict[str, Any]:
    return {"idea_id": uuid4(), "number": NUMBER, "kind": "idea", "author_id": author and AccountId(author), **more}


def opened(author: UUID | None, *, title: str = TITLE, theme: str = "nature", district: str | None = "75012") -> Any:
    fields = about(author, title=title, theme=theme, district=district, campaign=None, closes_on=date(2027, 5, 23))
    return ideas.IdeaOpened.model_validate(fields)


def answered(author: UUID | None = None, number: str = NUMBER) -> Any:
    fields = about(author, outcome="accepted", reason=None, service="parks")
    return ideas.AnswerPublished.model_validate(fields | {"number": number})


def comment(author: UUID, idea_author: UUID | None, parent: tuple[UUID, UUID] | None = None, **more: Any) -> Any:
    parent_id, parent_author = parent or (None, None)
    return ideas.CommentPublished.model_validate(
        {
            "comment_id": uuid4(),
            "idea_id": uuid4(),
            "number": NUMBER,
            "author_id": author,
            "side": "pro",
            "parent_id": parent_id,
            "parent_author_id": parent_author,
            "idea_author_id": idea_author,
            "service": None,
            **more,
        }
    )
