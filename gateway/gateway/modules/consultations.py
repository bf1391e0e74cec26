"""What consultations adds to the gateway: the API, the citizens' pages, the desk's editor."""

from gateway.api.consultations import API
from gateway.i18n import N_
from gateway.modules import Block, Module, NavEntry, Queue
from gateway.site.consultations import answering, blocks, desk, exporting, questions, reading, results
from gateway.site.routes import Who, get, post

ONE = "/consultations/{slug}"
CITIZEN = Who.CITIZEN
SITE = (
    get("/consultations", reading.browse),
    get(ONE, reading.show),
    post(f"{ONE}/commencer", answering.begin, who=CITIZEN),
    get(f"{ONE}/repondre/{{page}}", answering.ask, who=CITIZEN),
    post(f"{ONE}/repondre/{{page}}", answering.keep, who=CITIZEN),
    get(f"{ONE}/relire", answering.review, who=CITIZEN),
    post(f"{ONE}/relire", answering.send, who=CITIZEN),
    get(f"{ONE}/recu", answering.receipt, who=CITIZEN),
    get(f"{ONE}/ma-reponse", answering.my_answer, who=CITIZEN),
    get(f"{ONE}/retirer", answering.confirm_withdrawal, who=CITIZEN),
    post(f"{ONE}/retirer", answering.withdraw, who=CITIZEN),
    get(f"{ONE}/resultats", results.show),
    get(f"{ONE}/resultats.csv", results.as_csv),
    get(f"{ONE}/resultats.json", results.as_json),
    get(f"{ONE}/resultats/{{question}}", results.texts),
    *desk.ROUTES,
    *questions.ROUTES,
    *exporting.ROUTES,
)
MODULE = Module(
    "consultations",
    api=API,
    site=SITE,
    navigation=(NavEntry("/consultations", N_("Consultations"), 30),),
    footer=(NavEntry("/consultations", N_("Consultations"), 30),),
    home=(Block("consultations/home-open.html", blocks.open_now, 30),),
    account=(Block("consultations/my-answers.html", blocks.mine, 30),),
    queues=(Queue(desk.ROOT, N_("Participation"), N_("Consultations"), desk.ROLES, 40),),
)
