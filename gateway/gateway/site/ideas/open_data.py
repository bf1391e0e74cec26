"""``/donnees/<file>``: the files of open data, at addresses that stay; what they hold, in words."""

from collections.abc import Iterator
from typing import Any

from contracts.errors import Fault
from contracts.ideas import LIST_DATA_FILES, READ_DATA_PART, DataFile, ListDataFiles, ReadDataPart
from contracts.ideas.open_data import DATA_SETS, HEADS, RECORDS, Kind

from gateway.http.files import File
from gateway.i18n import N_
from gateway.site.answers import Answer, page
from gateway.site.routes import SiteRoute, get
from gateway.site.visit import Visit

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/x-ndjson"}
KINDS = {
    Kind.TEXT: N_("text"),
    Kind.CODE: N_("code"),
    Kind.INTEGER: N_("whole number"),
    Kind.DECIMAL: N_("decimal number"),
    Kind.DATE: N_("date"),
    Kind.MOMENT: N_("date and time (UTC)"),
}


def block(visit: Visit) -> dict[str, Any]:
    """The files, with their sizes and dates."""
    files = {one.name: one for one in visit.call(LIST_DATA_FILES, ListDataFiles()).items}
    return {"files": files, "sets": DATA_SETS, "lines": (RECORDS, HEADS)}


def dictionary(_visit: Visit) -> Answer:
    """``/donnees/dictionnaire``: every column of every file."""
    return page("ideas/dictionary.html", cache=300, sets=DATA_SETS, kinds=KINDS)


def send(visit: Visit) -> Answer:
    """A file, as it was made last."""
    name = visit.url["name"]
    found = next((one for one in visit.call(LIST_DATA_FILES, ListDataFiles()).items if one.name == name), None)
    if found is None:
        raise Fault.not_found()
    media = MEDIA[name.rpartition(".")[2]]
    return File(_parts(visit, found), found.size, found.digest, media, name, found.made_at)


def _parts(visit: Visit, file: DataFile) -> Iterator[bytes]:
    for part in range(1, file.parts + 1):
        yield visit.call(READ_DATA_PART, ReadDataPart(version=file.version, part=part)).text.encode()


ROUTES: tuple[SiteRoute, ...] = (get("/donnees/dictionnaire", dictionary), get("/donnees/{name}", send))
