"""How topics, ways of hearing and followed things are called on the site."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.notifications import EmailMode, Followed, FollowKind, Topic

from gateway.i18n import N_
from gateway.site.visit import Visit

TOPICS: Mapping[Topic, tuple[str, str]] = MappingProxyType(
    {
        Topic.ACCOUNT: (N_("The security of my account"), N_("Links to sign in, changes of password or address.")),
        Topic.CONTRIBUTIONS: (N_("My contributions"), N_("What becomes of my ideas, and who answers me.")),
        Topic.FOLLOWED: (N_("The dossiers I follow"), N_("Answers, decisions, progress of works.")),
        Topic.DISCOVERIES: (N_("New ideas near me"), N_("In the themes and districts I follow.")),
        Topic.VOTES: (N_("Votes"), N_("When one opens, when its result is published.")),
        Topic.CONSULTATIONS: (N_("Consultations"), N_("When one opens, what came out of it.")),
        Topic.DUTIES: (N_("What my service owes"), N_("What it is asked, and what is late.")),
    }
)
"""Name and explanation of each topic."""
MODES: Mapping[EmailMode, str] = MappingProxyType(
    {
        EmailMode.NOW: N_("At once"),
        EmailMode.DAILY: N_("In one mail a day"),
        EmailMode.NEVER: N_("Never"),
    }
)
KINDS: Mapping[FollowKind, tuple[str, str]] = MappingProxyType(
    {
        FollowKind.DOSSIER: (N_("A dossier"), "doc"),
        FollowKind.THEME: (N_("A theme"), "list"),
        FollowKind.DISTRICT: (N_("A district"), "pin"),
        FollowKind.CONSULTATION: (N_("A consultation"), "chat"),
        FollowKind.VOTE: (N_("A vote"), "box"),
        FollowKind.CAMPAIGN: (N_("A participatory budget"), "euro"),
        FollowKind.DELIVERY: (N_("The delivery of a project"), "done"),
    }
)
"""Name and drawing of each kind of thing that is followed."""


def place_of(visit: Visit, one: Followed) -> str:
    """What a followed thing is called: its title, or the territory's name of it."""
    territory = visit.territory
    if one.kind is FollowKind.THEME and (theme := territory.theme(one.key)):
        return theme.name.to(visit.language)
    if one.kind is FollowKind.DISTRICT:
        district = territory.district(one.key)
        return district.name.to(visit.language) if district else territory.whole.to(visit.language)
    return one.title or (
        one.key if one.kind in {FollowKind.DOSSIER, FollowKind.DELIVERY} else visit.text(KINDS[one.kind][0])
    )
