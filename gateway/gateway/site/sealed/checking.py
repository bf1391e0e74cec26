"""Is my sealed ballot in the box? Asked with the tracker of the receipt. It works without scripts.

The service is asked as nobody: no session and no trace travels beside a tracker, and the tracker is in no address.
"""

from chassis.client import NOBODY
from contracts.errors import Fault, FaultCode
from contracts.voting import ElectionView
from contracts.voting.sealed_ballots import GET_SEALED_BALLOT, GetSealedBallot
from pydantic import ValidationError

from gateway.forms.sealed import TrackerForm
from gateway.site.answers import Answer, page
from gateway.site.visit import Visit
from gateway.site.voting.labels import Labels


def ask(visit: Visit, one: ElectionView) -> Answer:
    """The form."""
    return page(
        "sealed/check.html", one=one, form=TrackerForm.blank(visit), found=None, asked=False, labels=Labels(visit)
    )


def check(visit: Visit, one: ElectionView) -> Answer:
    """Where the ballot of the tracker is."""
    form, found = TrackerForm.sent(visit), None
    tracker = "".join(form.value("tracker").split())
    try:
        request = GetSealedBallot(election=one.slug, tracker=tracker)
        found = visit.frame.client.call(GET_SEALED_BALLOT, request, context=NOBODY)
    except ValidationError:
        form.blame("tracker", visit.text("A tracker has 43 letters, digits, + and /."))
    except Fault as fault:
        if fault.code is not FaultCode.NOT_FOUND:
            raise
    return page(
        "sealed/check.html",
        status=form.status,
        one=one,
        form=form,
        found=found,
        asked=not form.errors,
        labels=Labels(visit),
    )
