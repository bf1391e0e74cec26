"""Is my ballot there? Asked with the code of the receipt, without an account. The code is in no address."""

from contracts.voting import CHECK_RECEIPT, Secrecy

from gateway.forms.voting import ReceiptForm
from gateway.site.answers import Answer, page
from gateway.site.sealed import checking
from gateway.site.visit import Visit
from gateway.site.voting.labels import Labels
from gateway.site.voting.reading import read


def ask(visit: Visit) -> Answer:
    """The form."""
    one = read(visit)
    if one.secrecy is Secrecy.SEALED:
        return checking.ask(visit, one)
    return page("voting/check.html", one=one, form=ReceiptForm.blank(visit), found=None, labels=Labels(visit))


def check(visit: Visit) -> Answer:
    """Where the ballot of the code is."""
    one = read(visit)
    if one.secrecy is Secrecy.SEALED:
        return checking.check(visit, one)
    form = ReceiptForm.sent(visit)
    found = form.submit(CHECK_RECEIPT, election=one.slug) if form.value("receipt").strip() else None
    if not form.value("receipt").strip():
        form.blame("receipt", visit.text("Fill in this field."))
    return page("voting/check.html", status=form.status, one=one, form=form, found=found, labels=Labels(visit))
