"""Coming in: sign in and out, register, confirm an address, forgotten password, first sign-in with a card."""

from contracts.errors import Fault
from contracts.identity import (
    ACTIVATE,
    CONFIRM,
    REFRESH,
    REGISTER,
    REQUEST_PASSWORD_RESET,
    RESEND_CONFIRMATION,
    RESET_PASSWORD,
    SIGN_IN,
    SIGN_OUT,
    ByLink,
    Refresh,
    Session,
    SignOut,
)

from gateway.forms.account import ActivateForm, AddressForm, NewPasswordForm, RegisterForm, SignInForm
from gateway.http.limits import Limit
from gateway.site.answers import Answer, Redirect, page
from gateway.site.refresh import Tokens, sign_in, sign_out
from gateway.site.routes import SiteRoute, get, post
from gateway.site.visit import Visit, local_path

MINE = "/moi"


def renew(visit: Visit, refresh_token: str) -> Tokens:
    """The next tokens of a session, from identity."""
    return tokens_of(visit.call(REFRESH, Refresh(refresh_token=refresh_token)), visit)


def tokens_of(begun: Session, visit: Visit) -> Tokens:
    """What the cookies keep of a session."""
    left = begun.refresh_expires_at - visit.now
    return Tokens(begun.access_token, begun.refresh_token, max(0, int(left.total_seconds())))


def ask_to_sign_in(visit: Visit) -> Answer:
    """The form; ``?suite=`` says where to go afterwards."""
    following = local_path(visit.query("suite"), MINE)
    if visit.session:
        return Redirect(following)
    return page("account/sign-in.html", form=SignInForm.blank(visit, next=following))


def begin_session(visit: Visit) -> Answer:
    """Sign in and go on to where the person was going."""
    form = SignInForm.sent(visit)
    begun = form.submit(SIGN_IN, device=visit.device)
    if begun is None:
        return page("account/sign-in.html", status=form.status, form=form)
    sign_in(visit, tokens_of(begun, visit))
    return Redirect(local_path(form.value("next"), MINE))


def end_session(visit: Visit) -> Answer:
    """Sign out on this device, even if identity does not answer."""
    try:
        if visit.refresh_token:
            visit.call(SIGN_OUT, SignOut(refresh_token=visit.refresh_token))
    except Fault as fault:
        if fault.status < 500:
            raise
    sign_out(visit)
    return Redirect("/")


def ask_to_register(visit: Visit) -> Answer:
    """The form of a new account."""
    return page("account/register.html", form=RegisterForm.blank(visit))


def register(visit: Visit) -> Answer:
    """Ask for the account: the answer is the same whether or not the address has one already."""
    form = RegisterForm.sent(visit)
    if form.submit(REGISTER, language=visit.language) is None:
        return page("account/register.html", status=form.status, form=form)
    return Redirect("/compte/nouveau/envoye")


def registered(visit: Visit) -> Answer:
    """What happens next: a link by mail, and how to get it again."""
    return page("account/sent.html", purpose="register", form=AddressForm.blank(visit))


def send_again(visit: Visit) -> Answer:
    """Send the confirmation link again."""
    form = AddressForm.sent(visit)
    if form.submit(RESEND_CONFIRMATION) is None:
        return page("account/sent.html", status=form.status, purpose="register", form=form)
    return Redirect("/compte/nouveau/envoye")


def ask_to_confirm(_visit: Visit) -> Answer:
    """The page behind the mailed link: it asks for a click, because mail scanners follow links."""
    return page("account/confirm.html", failed=False)


def confirm(visit: Visit) -> Answer:
    """Use the link."""
    try:
        visit.call(CONFIRM, ByLink(token=visit.url["token"]))
    except Fault as fault:
        if fault.status >= 500:
            raise
        return page("account/confirm.html", status=fault.status, failed=True)
    return Redirect("/compte/confirme")


def confirmed(visit: Visit) -> Answer:
    """The account is open."""
    return page("account/confirmed.html", form=SignInForm.blank(visit, next=MINE))


def ask_for_link(visit: Visit) -> Answer:
    """Forgotten password: where to send the link."""
    return page("account/forgotten.html", form=AddressForm.blank(visit))


def send_link(visit: Visit) -> Answer:
    """Send it, if there is an account; the answer never tells."""
    form = AddressForm.sent(visit)
    if form.submit(REQUEST_PASSWORD_RESET) is None:
        return page("account/forgotten.html", status=form.status, form=form)
    return Redirect("/compte/mot-de-passe/envoye")


def link_sent(_visit: Visit) -> Answer:
    """What happens next."""
    return page("account/sent.html", purpose="password", form=None)


def ask_new_password(visit: Visit) -> Answer:
    """The page behind the mailed link."""
    return page("account/new-password.html", form=NewPasswordForm.blank(visit))


def set_new_password(visit: Visit) -> Answer:
    """Every session ends; sign in again."""
    form = NewPasswordForm.sent(visit)
    if form.submit(RESET_PASSWORD, token=visit.url["token"]) is None:
        return page("account/new-password.html", status=form.status, form=form)
    sign_out(visit)
    return Redirect("/compte/confirme")


def ask_to_activate(visit: Visit) -> Answer:
    """First sign-in with the card received at a counter."""
    return page("account/activate.html", form=ActivateForm.blank(visit))


def activate(visit: Visit) -> Answer:
    """Choose a password and begin."""
    form = ActivateForm.sent(visit)
    begun = form.submit(ACTIVATE, device=visit.device)
    if begun is None:
        return page("account/activate.html", status=form.status, form=form)
    sign_in(visit, tokens_of(begun, visit))
    return Redirect(MINE)


ROUTES: tuple[SiteRoute, ...] = (
    get("/compte/connexion", ask_to_sign_in),
    post("/compte/connexion", begin_session, limit=Limit.SIGN_IN),
    post("/compte/deconnexion", end_session),
    get("/compte/nouveau", ask_to_register),
    post("/compte/nouveau", register, limit=Limit.SEND_MAIL),
    get("/compte/nouveau/envoye", registered),
    post("/compte/nouveau/envoye", send_again, limit=Limit.SEND_MAIL),
    get("/compte/confirmer/{token}", ask_to_confirm),
    post("/compte/confirmer/{token}", confirm, limit=Limit.SIGN_IN),
    get("/compte/confirme", confirmed),
    get("/compte/mot-de-passe", ask_for_link),
    post("/compte/mot-de-passe", send_link, limit=Limit.SEND_MAIL),
    get("/compte/mot-de-passe/envoye", link_sent),
    get("/compte/mot-de-passe/{token}", ask_new_password),
    post("/compte/mot-de-passe/{token}", set_new_password, limit=Limit.SIGN_IN),
    get("/compte/carte", ask_to_activate),
    post("/compte/carte", activate, limit=Limit.SIGN_IN),
)
