"""Pages for what went wrong, in words, with what to do next."""

from contracts.errors import Fault, FaultCode

from gateway.forms.messages import FAULTS, reason
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


def page_of(fault: Fault, visit: Visit) -> Page:
    """The page that says a fault."""
    said = visit.text(reason(fault.reason) or FAULTS[fault.code])
    template = "errors/error.html"
    return page(template, status=fault.status, title=visit.text(TITLES[fault.code]), text=said, fault=fault)
