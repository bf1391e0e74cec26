"""``/idees/autour-de-moi``: the nearest dossiers first, from where one is or from a place that is typed.

A position is rounded to about a hundred metres by the script and again here, serves one answer and is kept nowhere: it
travels in the body of a POST, which neither logs nor histories hold. A typed place is a district: that has an address.
"""

import re
import unicodedata
from urllib.parse import urlencode

from contracts.base import Point
from contracts.ideas import LIST_IDEAS, ListIdeas, Sort
from contracts.territory import District, Territory
from pydantic import ValidationError

from gateway.forms.near import NearForm
from gateway.i18n import N_
from gateway.site import maps
from gateway.site.answers import Answer, Redirect, page
from gateway.site.ideas.labels import Labels
from gateway.site.routes import SiteRoute, get, post
from gateway.site.visit import Visit

HERE = "/idees/autour-de-moi"
DECIMALS = 3
"""Of degrees: about a hundred metres."""
OUTSIDE = N_("You seem to be outside of the territory: write a postal code or a district.")
UNKNOWN = N_("We do not know this place: write a postal code or the name of a district.")


def plain(text: str) -> str:
    """Words without accents, capitals or punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(one for one in bare if not unicodedata.combining(one))))


def district_of(typed: str, territory: Territory) -> District | None:
    """The district of a postal code that stands in the text, or whose name or number (``12e``) it is."""
    words = plain(typed)
    codes = re.findall(r"\b\d{5}\b", words)
    if codes:
        return next((one for one in territory.districts if codes[-1] in one.postal_codes), None)
    return next((one for one in territory.districts if _named(one, words)), None)


def _named(one: District, words: str) -> bool:
    names = [plain(said) for said in one.name.root.values()]
    return bool(words) and any(words == name or words.rsplit(maxsplit=1)[-1] == name.split()[0] for name in names)


def rounded(form: NearForm, territory: Territory) -> Point | None:
    """The position that was sent, to a hundred metres; ``None``: none, or not on the territory."""
    try:
        typed = {name: round(float(form.value(name)), DECIMALS) for name in ("latitude", "longitude")}
        spot = Point.model_validate(typed)
    except (ValueError, ValidationError):
        return None
    bounds = territory.bounds
    inside = bounds.south <= spot.latitude <= bounds.north and bounds.west <= spot.longitude <= bounds.east
    return spot if inside else None


def ask(visit: Visit) -> Answer:
    """The form, alone."""
    return _page(visit, NearForm.blank(visit), None)


def find(visit: Visit) -> Answer:
    """What is nearest: to the position, on this page; to a typed place, on the list, which has an address."""
    form = NearForm.sent(visit)
    if form.value("latitude") and not form.value("place").strip():
        spot = rounded(form, visit.territory)
        if spot is None:
            form.blame("", visit.text(OUTSIDE))
        return _page(visit, form, spot)
    district = district_of(form.value("place"), visit.territory)
    if district is None:
        form.blame("place", visit.text(UNKNOWN))
        return _page(visit, form, None)
    chosen = {"pres": district.code} | ({"theme": form.value("theme")} if form.value("theme") else {})
    return Redirect(f"/idees?{urlencode(chosen)}")


def _page(visit: Visit, form: NearForm, spot: Point | None) -> Answer:
    form.offer()
    themes = (form.value("theme"),) if visit.territory.theme(form.value("theme")) else ()
    request = spot and ListIdeas(
        sort=Sort.NEAR,
        latitude=spot.latitude,
        longitude=spot.longitude,
        themes=themes,
        after=visit.field("after")[:500] or None,
    )
    return page(
        "ideas/near.html",
        status=form.status,
        form=form,
        found=visit.call(LIST_IDEAS, request) if request else None,
        labels=Labels(visit),
        drawing=maps.drawing(visit) if spot else None,
        spot=spot,
    )


ROUTES: tuple[SiteRoute, ...] = (get(HERE, ask), post(HERE, find))
