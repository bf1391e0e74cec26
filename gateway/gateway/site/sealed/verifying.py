"""The second verifier: a page that computes an election again on the visitor's own device."""

from contracts.voting import ElectionRef
from contracts.voting.sealed import GET_SEALED_ELECTION, SealedElectionView

from gateway.site.answers import Answer, page, page_alone
from gateway.site.sealed.meanings import MEANINGS, PLACES
from gateway.site.visit import Visit
from gateway.site.voting.labels import Labels


def show(visit: Visit) -> Answer:
    """For any archive; with ``?vote=``, also for the one that this site holds."""
    slug = visit.query("vote")
    vote: SealedElectionView | None = visit.call(GET_SEALED_ELECTION, ElectionRef(election=slug)) if slug else None
    return page_alone("sealed/verifier.html", vote=vote, meanings=MEANINGS, places=PLACES, labels=Labels(visit))


def explain(visit: Visit) -> Answer:
    """What sealed votes are, what anybody can check, what is not promised, and which programs run in browsers here."""
    assets = visit.frame.assets
    programs = [(name, assets.url(name), assets.integrity(name)) for name in sorted(assets.digests)]
    return page("sealed/help.html", cache=60, programs=programs)
