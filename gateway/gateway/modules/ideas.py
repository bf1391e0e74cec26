"""What ideas adds to the gateway: dossiers and their discussion, and the desk's queues."""

from contracts.territory import DEBATE

from gateway.api import attachments as file_routes
from gateway.api import community, debates, supporters
from gateway.api import projects as projects_api
from gateway.api.ideas import API
from gateway.i18n import N_
from gateway.modules import Block, Module, NavEntry, Queue
from gateway.site.ideas import (
    admissibility,
    appeals,
    attachments,
    blocks,
    campaign_desk,
    campaigns,
    debate_desk,
    deposit,
    discussion,
    dossier,
    examination,
    finding,
    forum,
    merging,
    moderation,
    near,
    open_data,
    paper,
    project_desk,
    projects,
    reviewing,
)
from gateway.site.routes import get

SITE = (
    get("/idees", finding.search),
    get("/idees.atom", finding.feed),
    *near.ROUTES,
    *deposit.ROUTES,
    *dossier.ROUTES,
    *attachments.ROUTES,
    *discussion.ROUTES,
    *forum.ROUTES,
    *debate_desk.ROUTES,
    *moderation.ROUTES,
    *appeals.ROUTES,
    *examination.ROUTES,
    *open_data.ROUTES,
    *campaigns.ROUTES,
    *campaign_desk.ROUTES,
    *admissibility.ROUTES,
    *project_desk.ROUTES,
    *projects.ROUTES,
    *merging.ROUTES,
    *paper.ROUTES,
    *reviewing.ROUTES,
)
READERS, EXAMINERS, CAMPAIGNS = N_("Moderation"), N_("Examination"), N_("Participatory budget")
MODERATORS, SERVICES = ("moderator",), ("examiner", "territorial_actor")
MODULE = Module(
    "ideas",
    api=(*API, *community.API, *file_routes.API, *projects_api.API, *debates.API, *supporters.API),
    site=SITE,
    navigation=(
        NavEntry("/idees", N_("Ideas"), 10),
        NavEntry("/debats", N_("Debates"), 12, DEBATE),
        NavEntry("/budget", N_("Participatory budget"), 15),
    ),
    footer=(NavEntry("/idees/nouvelle", N_("Deposit an idea"), 10), NavEntry("/idees", N_("All ideas"), 11)),
    home=(
        Block("ideas/home-near.html", blocks.near_threshold, 20),
        Block("ideas/home-outcomes.html", blocks.outcomes, 80),
    ),
    account=(Block("ideas/my-ideas.html", blocks.mine, 10),),
    transparency=(Block("ideas/figures.html", blocks.figures, 10),),
    data=(Block("ideas/data.html", open_data.block, 10),),
    queues=(
        Queue("/bureau/moderation", READERS, N_("To moderate"), MODERATORS, 10),
        Queue("/bureau/signalements", READERS, N_("Reports"), MODERATORS, 11),
        Queue("/bureau/recours", READERS, N_("Appeals"), MODERATORS, 12),
        Queue("/bureau/soutiens", READERS, N_("Supports to look at"), MODERATORS, 13),
        Queue("/bureau/soutiens/journal", READERS, N_("Who looked at supports"), ("auditor",), 15),
        Queue("/bureau/papier", READERS, N_("Signatures on paper"), ("counter_officer", *MODERATORS), 14),
        Queue("/bureau/etude/etapes", EXAMINERS, N_("A word is owed"), SERVICES, 20),
        Queue("/bureau/etude/affecter", EXAMINERS, N_("To assign"), SERVICES, 21),
        Queue("/bureau/etude/affectes", EXAMINERS, N_("Being examined"), SERVICES, 22),
        Queue("/bureau/etude/avis", EXAMINERS, N_("Opinions awaited"), SERVICES, 23),
        Queue("/bureau/etude/retard", EXAMINERS, N_("Late"), SERVICES, 24),
        Queue("/bureau/etude/suivi", EXAMINERS, N_("To follow up"), SERVICES, 25),
        Queue("/bureau/debats", EXAMINERS, N_("Debates"), SERVICES, 26),
        Queue("/bureau/recevabilite", CAMPAIGNS, N_("Admissibility"), ("campaign_manager", "examiner"), 29),
        Queue("/bureau/projets", CAMPAIGNS, N_("Projects"), ("campaign_manager", "examiner"), 29),
        Queue("/bureau/campagnes", CAMPAIGNS, N_("Participatory budgets"), ("campaign_manager",), 30),
    ),
    waiting=moderation.waiting,
)
