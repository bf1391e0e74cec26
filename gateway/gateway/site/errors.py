"""Pages for what went wrong, in words, with what to do next."""

from contracts.errors import Fault, FaultCode

from gateway.forms.messages import reason
from gateway.i18n import N_
from gateway.site.answers import Page, page
from gateway.site.visit import Visit

TITLES = {
    FaultCode.NOT_FOUND: N_("This page does not exist"),
    FaultCode.FORBIDDEN: N_("You cannot do this"),
    FaultCode.WRONG_STATE: N_("This is no longer possible"),
    FaultCode.CONFLICT: N_("This was changed in the meantime"),
    FaultCode.PRECONDITION_FAILED: N_("This was changed in the meantime"),
    FaultCode.INVALID: N_("We did not understand what was sent"),
    FaultCode.TOO_MANY: N_("A little slower, please"),
    FaultCode.UNAVAILABLE: N_("This part of the site does not answer"),
    FaultCode.DEADLINE: N_("The answer takes too long"),
    FaultCode.INTERNAL: N_("Something went wrong on our side"),
}
TEXTS = {
    FaultCode.NOT_FOUND: N_("The address may be mistyped, or the page may have moved."),
    FaultCode.FORBIDDEN: N_("Your account does not give access to this page."),
    FaultCode.WRONG_STATE: N_("Its state has changed since you opened the page. Go back and look again."),
    FaultCode.CONFLICT: N_("Somebody else was quicker. Go back and look again."),
    FaultCode.PRECONDITION_FAILED: N_("Somebody else was quicker. Go back and look again."),
    FaultCode.INVALID: N_("Go back and check the address or what you wrote."),
    FaultCode.TOO_MANY: N_("You have sent many requests in a short time. Wait a moment, then try again."),
    FaultCode.UNAVAILABLE: N_("The rest of the site works. Try again in a few seconds: nothing is lost."),
    FaultCode.DEADLINE: N_("What you sent may have been saved. Look at the page again before you send it once more."),
    FaultCode.INTERNAL: N_("We have been told. Try again in a few minutes."),
}


def page_of(fault: Fault, visit: Visit) -> Page:
    """The page that says a fault."""
    said = visit.text(reason(fault.reason) or TEXTS[fault.code])
    template = "errors/error.html"
    return page(template, status=fault.status, title=visit.text(TITLES[fault.code]), text=said, fault=fault)
