"""Accounts: sign in and out, register, confirm, forgotten password."""

from contracts.identity import REFRESH, SIGN_IN, SIGN_OUT, Refresh, Session, SignOut

from gateway.forms.account import SignInForm
from gateway.site.answers import Answer, Redirect, page
from gateway.site.refresh import Tokens, sign_in, sign_out
from gateway.site.visit import Visit, local_path


def renew(visit: Visit, refresh_token: str) -> Tokens:
    """The next tokens of a session, from identity."""
    return tokens_of(visit.call(REFRESH, Refresh(refresh_token=refresh_token)), visit)


def tokens_of(begun: Session, visit: Visit) -> Tokens:
    """What the cookies keep of a session."""
    left = begun.refresh_expires_at - visit.now
    return Tokens(begun.access_token, begun.refresh_token, max(0, int(left.total_seconds())))


def ask_to_sign_in(visit: Visit) -> Answer:
    """The form; ``?suite=`` says where to go afterwards."""
    if visit.session:
        return Redirect(local_path(visit.query("suite"), "/moi"))
    return page("account/sign-in.html", form=SignInForm.blank(visit, next=local_path(visit.query("suite"), "/moi")))


def begin_session(visit: Visit) -> Answer:
    """Sign in and go on to where the person was going."""
    form = SignInForm.sent(visit)
    begun = form.submit(SIGN_IN, device=visit.device)
    if begun is None:
        return page("account/sign-in.html", status=422, form=form)
    sign_in(visit, tokens_of(begun, visit))
    return Redirect(local_path(form.value("next"), "/moi"))


def end_session(visit: Visit) -> Answer:
    """Sign out on this device."""
    if visit.refresh_token:
        visit.call(SIGN_OUT, SignOut(refresh_token=visit.refresh_token))
    sign_out(visit)
    return Redirect("/")
