"""What a rule says when it is broken, by its stable code. ``%(…)s`` are the rule's limits."""

from contracts.errors import FaultCode

from gateway.i18n import N_

FIELD = {
    "missing": N_("Fill in this field."),
    "string-too-short": N_("Too short: write %(min_length)s characters at least."),
    "string-too-long": N_("Too long: keep it to %(max_length)s characters."),
    "unreadable-characters": N_("Some characters cannot be displayed: remove them."),
    "string-pattern-mismatch": N_("This is not in the expected form."),
    "value-error": N_("This is not in the expected form."),
    "email": N_("Write a whole e-mail address, like name@example.org."),
    "int-parsing": N_("Write a number."),
    "int-type": N_("Write a number."),
    "float-parsing": N_("Write a number."),
    "float-type": N_("Write a number."),
    "finite-number": N_("Write a number."),
    "greater-than": N_("Write a number above %(gt)s."),
    "greater-than-equal": N_("Write a number of %(ge)s or more."),
    "less-than": N_("Write a number below %(lt)s."),
    "less-than-equal": N_("Write a number of %(le)s or less."),
    "too-short": N_("Choose %(min_length)s at least."),
    "too-long": N_("Choose %(max_length)s at most."),
    "duplicate": N_("The same value is given twice."),
    "enum": N_("Choose one of the answers."),
    "literal-error": N_("Choose one of the answers."),
    "uuid-parsing": N_("This is not in the expected form."),
    "date-from-datetime-parsing": N_("Write a date, like 2026-09-17."),
    "date-parsing": N_("Write a date, like 2026-09-17."),
    "tick": N_("Tick the box to go on."),
    "bool-parsing": N_("Choose one of the answers."),
}
"""By the code of a field's error."""

FAULTS = {
    FaultCode.NOT_FOUND: N_("The address may be mistyped, or the page may have moved."),
    FaultCode.FORBIDDEN: N_("Your account does not give access to this page."),
    FaultCode.WRONG_STATE: N_("Its state has changed since you opened the page. Go back and look again."),
    FaultCode.CONFLICT: N_("Somebody else was quicker. Go back and look again."),
    FaultCode.PRECONDITION_FAILED: N_("Somebody else was quicker. Go back and look again."),
    FaultCode.INVALID: N_("Go back and check the address or what you wrote."),
    FaultCode.TOO_MANY: N_("You have sent many requests in a short time. Wait a moment, then try again."),
    FaultCode.UNAVAILABLE: N_("The rest of the site works. Try again in a few seconds: nothing is lost."),
    FaultCode.DEADLINE: N_("What you sent may have been saved. Look at the page again before you send it once more."),
    FaultCode.UNAUTHENTICATED: N_("Sign in first."),
    FaultCode.INTERNAL: N_("We have been told. Try again in a few minutes."),
}
"""By the code of a fault, when its reason says no more."""

REASONS = {
    "form-expired": N_("The form was open for too long, or cookies are blocked. Reload the page and send again."),
    "agents-only": N_("This page is for the city's agents."),
    "role-needed": N_("Your role does not allow this."),
    "sign-in-needed": N_("Sign in first."),
}
"""By the reason of a fault. Each area adds its own in ``forms/<area>.py`` with :func:`add`."""


def add(reasons: dict[str, str]) -> None:
    """Add an area's messages. Raises ``ValueError`` for a code that already says something else."""
    twice = {code for code, text in reasons.items() if REASONS.get(code, text) != text}
    if twice:
        raise ValueError(f"these codes are already in use: {', '.join(sorted(twice))}")
    REASONS.update(reasons)


def reason(code: str) -> str:
    """The message of a fault's reason, to be translated; empty if there is none."""
    return REASONS.get(code, "")


def field(code: str) -> str:
    """The message of a field's error, to be translated; empty if there is none."""
    return REASONS.get(code) or FIELD.get(code, "")
