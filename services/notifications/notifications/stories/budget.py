"""What ideas tells of participatory budgets: campaigns published and changed, projects delivered."""

from contracts.ideas import CampaignFact, ProjectDelivered

from notifications.domain.stories import Audience
from notifications.domain.words import WHOLE_CITY, Interest, Priority, Topic
from notifications.stories.reporter import News, Reporter

CAMPAIGN = "campaign"
TITLES = {"fr": "Budget participatif {year}", "en": "Participatory budget {year}"}


def campaign_published(report: Reporter, fact: CampaignFact) -> None:
    """A participatory budget begins: those who follow it or the whole city hear of it."""
    everybody = (*_followers(fact), Audience(Interest.DISTRICT, WHOLE_CITY, Topic.VOTES))
    _tell(report, fact, "campaign-published", everybody)


def campaign_changed(report: Reporter, fact: CampaignFact) -> None:
    """Its calendar or its money changed: those who follow it hear of it."""
    _tell(report, fact, "campaign-changed", _followers(fact))


def _followers(fact: CampaignFact) -> tuple[Audience, ...]:
    return (Audience(Interest.CAMPAIGN, fact.slug),)


def _tell(report: Reporter, fact: CampaignFact, kind: str, to: tuple[Audience, ...]) -> None:
    report.tx.subjects.learn(CAMPAIGN, fact.slug, {one: said.format(year=fact.year) for one, said in TITLES.items()})
    report.tell(News(kind, Priority.FOLLOW_UP, (CAMPAIGN, fact.slug), to, {"year": fact.year}))


def project_delivered(report: Reporter, fact: ProjectDelivered) -> None:
    """A project is delivered: its author, those who follow it, and whoever asked for this one message."""
    report.tx.subjects.learn("delivery", fact.number, {"": fact.title})
    kinds = (Interest.AUTHOR, Interest.DELIVERY, Interest.DOSSIER)
    to = tuple(Audience(kind, fact.number) for kind in kinds)
    more = {"year": fact.year}
    report.tell(News("project-delivered", Priority.FOLLOW_UP, ("delivery", fact.number), to, more))
