"""``/donnees/<file>``: the files of open data, at addresses that stay."""

from collections.abc import Iterator

from contracts.errors import Fault
from contracts.ideas import LIST_DATA_FILES, READ_DATA_PART, DataFile, ListDataFiles, ReadDataPart

from gateway.http.files import File
from gateway.site.answers import Answer
from gateway.site.routes import SiteRoute, get
from gateway.site.visit import Visit

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "jsonl": "application/x-ndjson"}


def send(visit: Visit) -> Answer:
    """A file, as it was made last."""
    name = visit.url["name"]
    found = next((one for one in visit.call(LIST_DATA_FILES, ListDataFiles()).items if one.name == name), None)
    if found is None:
        raise Fault.not_found()
    media = MEDIA[name.rpartition(".")[2]]
    return File(_parts(visit, found), found.size, found.digest, found.made_at, media, name)


def _parts(visit: Visit, file: DataFile) -> Iterator[bytes]:
    for part in range(1, file.parts + 1):
        yield visit.call(READ_DATA_PART, ReadDataPart(version=file.version, part=part)).text.encode()


ROUTES: tuple[SiteRoute, ...] = (get("/donnees/{name}", send),)
