"""What voting adds to the gateway: the API, the citizens' pages, the desk of campaign managers."""

from contracts.voting import MANAGER_ROLE

from gateway.api import sealed, voting
from gateway.i18n import N_
from gateway.modules import Block, Module, NavEntry, Queue
from gateway.site.routes import Who, get, post
from gateway.site.sealed import booth as sealed_booth
from gateway.site.sealed import trustees, verifying
from gateway.site.voting import (
    archives,
    booth,
    ceremony,
    counter,
    desk,
    paper_counts,
    reading,
    receipts,
    results,
    stuck,
)

ONE = "/votes/{slug}"
DESK = "/bureau/votes/{election_id}"
PAPER = counter.HOME + "/{election_id}"
CITIZEN, AGENT = Who.CITIZEN, Who.AGENT
SITE = (
    get("/votes", reading.browse),
    get(ONE, reading.show),
    get(f"{ONE}/regles.json", reading.rules),
    get(f"{ONE}/voter", booth.enter, who=CITIZEN),
    post(f"{ONE}/relire", booth.review, who=CITIZEN),
    post(f"{ONE}/modifier", booth.change, who=CITIZEN),
    post(f"{ONE}/voter", booth.cast, who=CITIZEN),
    post(f"{ONE}/recu.txt", booth.save_receipt),
    get(f"{ONE}/verifier", receipts.ask),
    post(f"{ONE}/verifier", receipts.check),
    get(f"{ONE}/cabine", sealed_booth.show),
    get(f"{ONE}/depositaires", trustees.show),
    get("/cabine/session", sealed_booth.session),
    post("/cabine/jeton", sealed_booth.sign),
    get("/verifier", verifying.show),
    get("/aide/votes-scelles", verifying.explain),
    get(f"{ONE}/resultats", results.show),
    get(f"{ONE}/bulletins.csv", results.as_csv),
    get(f"{ONE}/bulletins.json", results.as_json),
    get(f"{ONE}/archive.bel", archives.send),
    get("/bureau/votes", desk.browse, who=AGENT),
    get("/bureau/votes/nouveau", desk.begin, who=AGENT),
    post("/bureau/votes/nouveau", desk.create, who=AGENT),
    get(DESK, desk.show, who=AGENT),
    get(f"{DESK}/modifier", desk.edit, who=AGENT),
    post(f"{DESK}/modifier", desk.save, who=AGENT),
    post(f"{DESK}/publier", desk.announce, who=AGENT),
    post(f"{DESK}/clore", desk.close, who=AGENT),
    post(f"{DESK}/annuler", desk.cancel, who=AGENT),
    post(f"{DESK}/decider", desk.decide, who=AGENT),
    get(f"{DESK}/depositaires", ceremony.show, who=AGENT),
    post(f"{DESK}/depositaires", ceremony.restart, who=AGENT),
    post(f"{DESK}/depositaires/{{place}}", ceremony.invite, who=AGENT),
    get(f"{DESK}/bloques", stuck.show, who=AGENT),
    post(f"{DESK}/bloques/relancer", stuck.retry, who=AGENT),
    post(f"{DESK}/bloques/ecarter", stuck.leave_out, who=AGENT),
    get(counter.HOME, counter.browse, who=AGENT),
    get(f"{PAPER}/emargement", counter.show, who=AGENT),
    post(f"{PAPER}/emargement/chercher", counter.find, who=AGENT),
    post(f"{PAPER}/emargement/rayer", counter.strike_off, who=AGENT),
    post(f"{PAPER}/emargement/annuler", counter.undo, who=AGENT),
    get(f"{PAPER}/depouillement", paper_counts.browse, who=AGENT),
    get(f"{PAPER}/depouillement/{{place}}", paper_counts.show, who=AGENT),
    post(f"{PAPER}/depouillement/{{place}}", paper_counts.enter, who=AGENT),
)
MODULE = Module(
    "voting",
    api=(*voting.API, *sealed.API),
    site=SITE,
    navigation=(NavEntry("/votes", N_("Votes"), 20),),
    footer=(NavEntry("/votes", N_("Votes"), 20), NavEntry("/verifier", N_("Verify an election"), 60)),
    home=(Block("voting/home-open.html", reading.open_now, 10),),
    waiting=stuck.waiting,
    queues=(
        Queue("/bureau/votes", N_("Votes"), N_("Votes and results"), (MANAGER_ROLE,), 50),
        Queue(counter.HOME, N_("Votes"), N_("Voting on paper"), (counter.OFFICER, MANAGER_ROLE), 52),
    ),
)
