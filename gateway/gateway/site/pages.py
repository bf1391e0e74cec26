"""Pages that belong to no service: home, help, the legal pages, the language switch."""

from pathlib import Path
from typing import Any

from contracts.errors import STATUS, Fault, FaultCode

from gateway.forms import messages
from gateway.frame import LANGUAGE
from gateway.modules import Block
from gateway.site import errors
from gateway.site.answers import Answer, Document, Redirect, page
from gateway.site.maps import outlines
from gateway.site.routes import SiteRoute, get
from gateway.site.visit import Visit, local_path

YEAR = 86_400 * 365
MARK = (Path(__file__).parent.parent / "templates" / "mark.svg").read_bytes()
TEXTS = {
    "/aide": "help",
    "/accessibilite": "accessibility",
    "/mentions-legales": "legal",
    "/confidentialite": "privacy",
}


def blocks(visit: Visit, wanted: tuple[Block, ...]) -> list[dict[str, Any]]:
    """What the blocks of a shared page show. A service that does not answer leaves ``down`` and not a broken page."""
    return [_shown(visit, block) for block in sorted(wanted, key=lambda block: block.order)]


def _shown(visit: Visit, block: Block) -> dict[str, Any]:
    try:
        return {"template": block.template, "down": False, **block.load(visit)}
    except Fault as fault:
        if fault.status < 500:
            raise
        return {"template": block.template, "down": True}


def home(visit: Visit) -> Answer:
    """Open now, and what became of it: whatever the declared services show."""
    wanted = tuple(block for module in visit.modules for block in module.home)
    return page("pages/home.html", cache=15, blocks=blocks(visit, wanted))


def transparency(visit: Visit) -> Answer:
    """Delays, moderation, votes: what the declared services publish about their own work."""
    wanted = tuple(block for module in visit.modules for block in module.transparency)
    return page("pages/transparency.html", cache=60, blocks=blocks(visit, wanted))


def data(visit: Visit) -> Answer:
    """Open data and API: the files that the declared services publish, and how to ask for the rest."""
    wanted = tuple(block for module in visit.modules for block in module.data)
    return page("pages/data.html", cache=60, blocks=blocks(visit, wanted))


def text(visit: Visit) -> Answer:
    """A page of text that changes with releases only."""
    return page(f"pages/{TEXTS[visit.path]}.html", cache=300)


def problem(visit: Visit) -> Answer:
    """``/problems/<code>``: the address that names a kind of problem in the API, explained in words."""
    known = {code.value: code for code in FaultCode}
    code = known.get(visit.url["code"])
    if code is None:
        raise Fault.not_found()
    said = visit.text(errors.TITLES.get(code, messages.FAULTS[code])), visit.text(messages.FAULTS[code])
    return page("pages/problem.html", cache=300, code=code, title=said[0], said=said[1], http=STATUS[code])


def switch_language(visit: Visit) -> Answer:
    """Keep the language for a year, and go back to the same address."""
    wanted = visit.url["language"]
    if wanted not in visit.territory.languages:
        raise Fault.not_found()
    visit.keep(LANGUAGE, wanted, max_age=YEAR)
    return Redirect(local_path(visit.query("suite")))


def mark(_visit: Visit) -> Answer:
    """The picture of the browser's tab: the mark, in the colours of the plate."""
    return Document(MARK, "image/svg+xml", cache=86_400)


ROUTES: tuple[SiteRoute, ...] = (
    get("/", home),
    get("/transparence", transparency),
    get("/donnees", data),
    *(get(path, text) for path in TEXTS),
    get("/lang/{language}", switch_language),
    get("/problems/{code}", problem),
    get("/territoire.geojson", outlines),
    get("/favicon.svg", mark),
)
