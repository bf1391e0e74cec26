"""``/moi/preferences``: what one wants to hear of; ``/desinscription/<token>``: the link at the end of mails."""

from contracts.errors import Fault
from contracts.notifications import (
    GET_PREFERENCES,
    READ_UNSUBSCRIBE,
    SAVE_PREFERENCES,
    UNSUBSCRIBE,
    GetPreferences,
    ReadUnsubscribe,
    SavePreferences,
    Unsubscribe,
)
from pydantic import ValidationError

from gateway.forms.notifications import PreferencesForm, chosen
from gateway.site.answers import Answer, Redirect, page
from gateway.site.notifications.labels import TOPICS
from gateway.site.routes import SiteRoute, Who, get, post, post_from_mail
from gateway.site.visit import Visit

PREFERENCES = "/moi/preferences"
UNSUBSCRIBING = "/desinscription/{token}"


def show(visit: Visit) -> Answer:
    """One's preferences."""
    return _shown(visit, None)


def _shown(visit: Visit, sent: PreferencesForm | None) -> Answer:
    known = visit.call(GET_PREFERENCES, GetPreferences())
    form = sent or PreferencesForm.of(visit, known)
    return page(
        "notifications/preferences.html",
        status=form.status,
        form=form,
        topics=TOPICS,
        chosen=chosen(visit),
        suspended=known.email_suspended,
        done="" if sent else visit.query("fait"),
    )


def save(visit: Visit) -> Answer:
    """Change them."""
    form = PreferencesForm.sent(visit).with_options()
    if form.submit_as(SAVE_PREFERENCES, form.document()) is None:
        return _shown(visit, form)
    return Redirect(f"{PREFERENCES}?fait=preferences")


def retry(visit: Visit) -> Answer:
    """The mailbox works again."""
    visit.call(SAVE_PREFERENCES, SavePreferences(retry_email=True))
    return Redirect(f"{PREFERENCES}?fait=adresse")


def ask(visit: Visit) -> Answer:
    """What the link would stop. Opening it stops nothing: programs that check mails open links."""
    try:
        found = visit.call(READ_UNSUBSCRIBE, ReadUnsubscribe(token=visit.url["token"]))
    except ValidationError:
        raise Fault.not_found(reason="link-unknown") from None
    return page("notifications/unsubscribe.html", found=found, topics=TOPICS, done=False, everything=False)


def stop(visit: Visit) -> Answer:
    """Stop these mails, at a click on the page or in the mail program, which follows no redirection."""
    everything = bool(visit.field("everything"))
    try:
        request = Unsubscribe(token=visit.url["token"], everything=everything)
    except ValidationError:
        raise Fault.not_found(reason="link-unknown") from None
    found = visit.call(UNSUBSCRIBE, request)
    return page("notifications/unsubscribe.html", found=found, topics=TOPICS, done=True, everything=everything)


ROUTES: tuple[SiteRoute, ...] = (
    get(PREFERENCES, show, who=Who.CITIZEN),
    post(PREFERENCES, save, who=Who.CITIZEN),
    post(f"{PREFERENCES}/adresse", retry, who=Who.CITIZEN),
    get(UNSUBSCRIBING, ask),
    post_from_mail(UNSUBSCRIBING, stop),
)
