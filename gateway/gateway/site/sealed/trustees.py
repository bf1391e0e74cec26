"""The page of the key holders: where the ceremony stands, for everybody; their part, for who holds a code."""

from contracts.voting import ElectionRef
from contracts.voting.sealed import GET_SEALED_ELECTION

from gateway.i18n import N_
from gateway.site.answers import Answer, page_alone
from gateway.site.visit import Visit
from gateway.site.voting.labels import Labels

STEPS = {
    "certificate": N_("the certificate"),
    "shares": N_("the shares"),
    "key": N_("the key"),
    "decryption": N_("the opening"),
}


def show(visit: Visit) -> Answer:
    """The state, and the form whose script does a key holder's part."""
    vote = visit.call(GET_SEALED_ELECTION, ElectionRef(election=visit.url["slug"]))
    known = {one.place: one.name for one in vote.trustees}

    def names(places: tuple[int, ...]) -> str:
        return ", ".join(known[place] for place in places)

    steps = {step: visit.text(words) for step, words in STEPS.items()}
    return page_alone("sealed/trustees.html", vote=vote, names=names, steps=steps, labels=Labels(visit))
