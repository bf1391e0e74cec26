"""Where messages lead on the site: the one place that knows the addresses of its pages."""

from collections.abc import Mapping

from contracts.identity import LinkPurpose

from notifications.domain.stories import Story
from notifications.domain.words import WHOLE_CITY, Interest
from notifications.repository.subjects import Subject

PREFERENCES = "/moi/preferences"
INBOX = "/moi/notifications"
SECURITY = "/moi/compte"
DESK = "/bureau"
AT_THE_DESK = frozenset({"examination-overdue", "opinion-asked", "opinion-given"})
"""Stories for agents: they lead to the desk's page of the dossier."""
_BY_PURPOSE = {
    LinkPurpose.CONFIRM_REGISTRATION: "/compte/confirmer/",
    LinkPurpose.CONFIRM_EMAIL: "/compte/confirmer/",
    LinkPurpose.RESET_PASSWORD: "/compte/mot-de-passe/",
}


def unsubscribe_path(token: str) -> str:
    """The page that stops mails."""
    return f"/desinscription/{token}"


def secret_path(purpose: LinkPurpose, secret: str) -> str:
    """The page that a mailed secret opens."""
    return _BY_PURPOSE[purpose] + secret


def path_of(kind: str, key: str, slug: str = "") -> str:
    """The page of a thing that can be followed."""
    match Interest(kind):
        case Interest.DOSSIER | Interest.AUTHOR | Interest.DELIVERY:
            return f"/dossiers/{key}"
        case Interest.VOTE | Interest.CONSULTATION:
            return f"/{kind}s/{slug or key}"
        case Interest.CAMPAIGN:
            return f"/budget/{key.rpartition('-')[2]}"
        case Interest.THEME:
            return f"/idees?theme={key}"
        case Interest.DISTRICT:
            return "/idees" if key == WHOLE_CITY else f"/idees?lieu={key}"
        case Interest.SERVICE:
            return DESK


def story_path(story: Story, subjects: Mapping[tuple[str, str], Subject]) -> str:
    """The page that a story leads to; empty when it leads nowhere."""
    if story.subject is None:
        return SECURITY if story.account is not None else ""
    if story.kind == "appeal-decided":
        comment = story.parameters.get("comment")
        return f"/messages/{comment}/recours" if comment else f"/dossiers/{story.subject[1]}/recours"
    if story.kind == "idea-merged":
        return f"/dossiers/{story.subject[1]}/reunion"
    known = subjects.get(story.subject)
    path = path_of(*story.subject, known.slug if known else "")
    return DESK + path if story.kind in AT_THE_DESK else path
