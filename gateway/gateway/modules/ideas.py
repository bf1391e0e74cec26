"""What ideas adds to the gateway: dossiers and their discussion, and the desk's queues."""

from gateway.api.ideas import API
from gateway.i18n import N_
from gateway.modules import Block, Module, NavEntry
from gateway.site.ideas import blocks, deposit, discussion, dossier, finding
from gateway.site.routes import get

SITE = (
    get("/idees", finding.search),
    *deposit.ROUTES,
    *dossier.ROUTES,
    *discussion.ROUTES,
)
MODULE = Module(
    "ideas",
    api=API,
    site=SITE,
    navigation=(NavEntry("/idees", N_("Ideas"), 10),),
    footer=(NavEntry("/idees/nouvelle", N_("Deposit an idea"), 10), NavEntry("/idees", N_("All ideas"), 11)),
    home=(
        Block("ideas/home-near.html", blocks.near_threshold, 20),
        Block("ideas/home-outcomes.html", blocks.outcomes, 80),
    ),
    account=(Block("ideas/my-ideas.html", blocks.mine, 10),),
    transparency=(Block("ideas/figures.html", blocks.figures, 10),),
)
