"""One's own space: what one did, who one is for the city, sessions, one's data, the way out."""

from typing import Any
from uuid import UUID

from contracts.errors import Fault
from contracts.identity import (
    CHANGE_EMAIL,
    CHANGE_PASSWORD,
    DECLARE_ATTRIBUTES,
    END_SESSION,
    ERASE_ACCOUNT,
    EXPORT_MY_DATA,
    MY_ACCESSES,
    MY_ACCOUNT,
    MY_SESSIONS,
    SIGN_OUT_EVERYWHERE,
    UPDATE_ACCOUNT,
    AccountView,
    EndSession,
    Nothing,
    ReadAccesses,
)

from gateway.forms import account as forms
from gateway.forms.kit import Form
from gateway.site.answers import Answer, Document, Redirect, page
from gateway.site.pages import blocks
from gateway.site.refresh import sign_out
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

SETTINGS = "/moi/compte"


def show(visit: Visit) -> Answer:
    """Everything the declared services know of the person."""
    wanted = tuple(block for module in visit.modules for block in module.account)
    return page("account/me.html", account=visit.call(MY_ACCOUNT, Nothing()), blocks=blocks(visit, wanted))


def settings(visit: Visit) -> Answer:
    """The forms of one's account."""
    return _settings(visit)


def _settings(visit: Visit, **sent: Form) -> Answer:
    account = visit.call(MY_ACCOUNT, Nothing())
    shown: dict[str, Any] = {
        "profile": forms.ProfileForm.blank(visit, display_name=account.display_name, language=account.language),
        "about": forms.AboutMeForm.blank(visit, **_declared(account)),
        "password": forms.ChangePasswordForm.blank(visit),
        "email": forms.ChangeEmailForm.blank(visit),
        "erase": forms.EraseForm.blank(visit),
    } | sent
    shown["profile"].options["language"] = forms.language_options(visit)
    for name in ("home_district", "work_district"):
        shown["about"].options[name] = forms.district_options(visit)
    sessions = visit.call(MY_SESSIONS, Nothing()).sessions
    status = max((form.status for form in sent.values()), default=200)
    saved = "" if sent else visit.query("fait")
    return page("account/settings.html", status=status, account=account, sessions=sessions, saved=saved, **shown)


def _declared(account: AccountView) -> dict[str, str]:
    return {one.name.value: one.value for one in account.attributes if one.name.value in forms.AboutMeForm.questions}


def _done(what: str) -> Redirect:
    return Redirect(f"{SETTINGS}?fait={what}#{what}")


def save_profile(visit: Visit) -> Answer:
    """Change the public name or the language."""
    form = forms.ProfileForm.sent(visit)
    return _done("profil") if form.submit(UPDATE_ACCOUNT) else _settings(visit, profile=form)


def save_about(visit: Visit) -> Answer:
    """Declare who one is; what an agent has certified stays."""
    form = forms.AboutMeForm.sent(visit)
    return _done("identite") if form.submit(DECLARE_ATTRIBUTES) else _settings(visit, about=form)


def save_password(visit: Visit) -> Answer:
    """Change the password; every other session ends."""
    form = forms.ChangePasswordForm.sent(visit)
    return _done("mot-de-passe") if form.submit(CHANGE_PASSWORD) else _settings(visit, password=form)


def save_email(visit: Visit) -> Answer:
    """Ask for another address; it counts once its link was used."""
    form = forms.ChangeEmailForm.sent(visit)
    return _done("adresse") if form.submit(CHANGE_EMAIL) else _settings(visit, email=form)


def end_one(visit: Visit) -> Answer:
    """End one session somewhere else."""
    try:
        session_id = UUID(visit.field("session_id"))
    except ValueError:
        raise Fault.not_found() from None
    visit.call(END_SESSION, EndSession(session_id=session_id))
    return _done("sessions")


def end_all(visit: Visit) -> Answer:
    """Sign out everywhere, here too."""
    visit.call(SIGN_OUT_EVERYWHERE, Nothing())
    sign_out(visit)
    return Redirect("/compte/connexion")


def export(visit: Visit) -> Answer:
    """Everything identity holds of the person, as a file."""
    data = visit.call(EXPORT_MY_DATA, Nothing())
    return Document(data.model_dump_json(indent=1).encode(), "application/json", filename="decider-mes-donnees.json")


def accesses(visit: Visit) -> Answer:
    """Which agents read one's data, and why."""
    found = visit.call(MY_ACCESSES, ReadAccesses(after=visit.query("after") or None))
    return page("account/accesses.html", found=found)


def erase(visit: Visit) -> Answer:
    """Erase the account for good."""
    form = forms.EraseForm.sent(visit)
    if form.submit(ERASE_ACCOUNT) is None:
        return _settings(visit, erase=form)
    sign_out(visit)
    return Redirect("/compte/efface")


def erased(_visit: Visit) -> Answer:
    """What stays, what is gone."""
    return page("account/erased.html")


ROUTES: tuple[SiteRoute, ...] = (
    get("/moi", show, who=Who.CITIZEN),
    get(SETTINGS, settings, who=Who.CITIZEN),
    post("/moi/compte/profil", save_profile, who=Who.CITIZEN),
    post("/moi/compte/identite", save_about, who=Who.CITIZEN),
    post("/moi/compte/mot-de-passe", save_password, who=Who.CITIZEN),
    post("/moi/compte/adresse", save_email, who=Who.CITIZEN),
    post("/moi/compte/sessions", end_one, who=Who.CITIZEN),
    post("/moi/compte/partout", end_all, who=Who.CITIZEN),
    get("/moi/compte/donnees.json", export, who=Who.CITIZEN),
    get("/moi/compte/acces", accesses, who=Who.CITIZEN),
    post("/moi/compte/effacer", erase, who=Who.CITIZEN),
    get("/compte/efface", erased),
)
