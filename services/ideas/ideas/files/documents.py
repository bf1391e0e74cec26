"""Documents (PDF): nothing in them may act, and nothing says who made them. They are written anew by qpdf."""

import io
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from ideas.files.looking import Clean, Refused

_ACTS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/RichMediaExecute", "/Movie"}
)
_PARTS = frozenset({"/JS", "/XFA", "/EmbeddedFiles", "/RichMediaContent", "/AF"})
_PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified")
_APPLICATION_SEGMENTS = frozenset(range(0xE1, 0xF0)) - {0xE2, 0xEE}
"""Of a JPEG: what applications put there, without the colours (profile, Adobe's transformation)."""
_COMMENT = 0xFE
_SCAN = 0xDA


def clean_document(content: bytes) -> Clean:
    """The document without what may act or tell. Raises :class:`Refused`."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return Clean("application/pdf", _bare(document))
    except pikepdf.PasswordError as error:
        raise Refused("locked-document") from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, KeyError) as error:
        raise Refused("unreadable-document") from error


def _bare(document: Pdf) -> bytes:
    if not document.pages:
        raise Refused("unreadable-document")
    if document.is_encrypted:
        raise Refused("locked-document")
    for found in _dictionaries(document):
        _strip(found)
    for holder, names in ((document.Root, ("/OpenAction", "/AA")), (document.trailer, ("/Info",))):
        _without(holder, names)
    target = io.BytesIO()
    document.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _strip(found: Object) -> None:
    if _may_act(found):
        raise Refused("acting-document")
    _without(found, _PRIVATE)
    if isinstance(found, Stream):
        _without_places(found)


def _without(holder: Object, names: Iterable[str]) -> None:
    for name in names:
        if name in holder:
            del holder[name]


def _dictionaries(document: Pdf) -> Iterator[Object]:
    """Every dictionary, with those that are inside others."""
    waiting: list[Object] = list(document.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, Dictionary | Stream):
            yield found
            waiting.extend(value for _, value in found.items() if _inside(value))
        elif isinstance(found, pikepdf.Array):
            waiting.extend(value for value in found if _inside(value))


def _inside(value: object) -> bool:
    holds = isinstance(value, Dictionary | Stream | pikepdf.Array)
    return holds and isinstance(value, Object) and not value.is_indirect


def _may_act(found: Object) -> bool:
    names = set(found.keys())
    kind = found.get("/S")
    acts = isinstance(kind, Name) and str(kind) in _ACTS
    return acts or bool(names & _PARTS) or found.get("/Type") == Name("/EmbeddedFile")


def _without_places(stream: Stream) -> None:
    """Pictures inside say where they were taken, as pictures outside do."""
    if stream.get("/Filter") == Name("/DCTDecode"):
        raw = stream.read_raw_bytes()
        bare = without_applications(raw)
        if bare != raw:
            stream.write(bare, filter=Name("/DCTDecode"))


def without_applications(picture: bytes) -> bytes:
    """A JPEG without comments and without what applications put there; as it is, if it is no JPEG."""
    if not picture.startswith(b"\xff\xd8"):
        return picture
    kept, at = bytearray(picture[:2]), 2
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] != _SCAN:
        marker, end = picture[at + 1], at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker not in _APPLICATION_SEGMENTS and marker != _COMMENT:
            kept += picture[at:end]
        at = end
    return bytes(kept + picture[at:])
