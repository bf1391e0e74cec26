"""What is published of a file that somebody sends: looked at in a process of its own, on real files."""

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from ideas.domain.rules import FileRules
from ideas.files.documents import without_applications
from ideas.files.inspecting import SAYS, inspect
from ideas.files.looking import Refused
from PIL import Image

from services.ideas.tests.samples_of_files import PLACE, archive, bomb, document, drawing, photo

RULES = FileRules(per_dossier=5, longest=2 * 1024 * 1024, most_pixels=50_000_000, longest_side=400)


def test_a_photo_is_drawn_anew_the_right_way_up_and_says_nothing_of_where_it_was_taken() -> None:
    sent = photo(640, 480, orientation=6)
    assert PLACE in sent
    clean = inspect(sent, RULES)
    assert PLACE not in clean.content + clean.thumbnail
    assert (clean.media_type, clean.width, clean.height) == ("image/jpeg", 300, 400)
    shown = Image.open(io.BytesIO(clean.content))
    assert (dict(shown.getexif()), "comment" in shown.info) == ({}, False)
    red, green, _ = shown.convert("RGB").getpixel((150, 20))  # type: ignore[misc]
    assert red > 150 > green, "its left half is now its upper half"


def test_a_drawing_stays_transparent_and_small_ones_keep_their_size() -> None:
    clean = inspect(drawing(), RULES)
    assert (clean.media_type, clean.width, clean.height) == ("image/png", 300, 200)
    assert Image.open(io.BytesIO(clean.content)).mode == "RGBA"
    assert PLACE not in clean.content


def test_what_was_hidden_behind_a_picture_is_gone() -> None:
    clean = inspect(photo() + archive(), RULES)
    assert not zipfile.is_zipfile(io.BytesIO(clean.content))


def test_a_document_is_written_anew_without_its_maker_and_without_the_places_in_its_pictures() -> None:
    clean = inspect(document(), RULES)
    assert (clean.media_type, clean.thumbnail) == ("application/pdf", b"")
    with pikepdf.open(io.BytesIO(clean.content)) as shown:
        assert len(shown.pages) == 1
        assert not dict(shown.docinfo)
        assert all(PLACE not in one.read_raw_bytes() for one in shown.objects if isinstance(one, pikepdf.Stream))
        picture = next(iter(shown.pages[0].get_images().values()))
        assert Image.open(io.BytesIO(picture.read_raw_bytes())).size == (64, 64)


def _script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _link_that_starts_a_program(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].Annots = made.make_indirect(pikepdf.Array([link]))


def _file_inside(made: pikepdf.Pdf) -> None:
    made.attachments["hidden.exe"] = b"MZ"


def _form_that_sends_itself(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=pikepdf.Array([]))


@pytest.mark.parametrize("change", [_script, _link_that_starts_a_program, _file_inside, _form_that_sends_itself])
def test_a_document_that_may_act_is_refused(change: Callable[[pikepdf.Pdf], None]) -> None:
    with pytest.raises(Refused) as refused:
        inspect(document(change), RULES)
    assert refused.value.code == "acting-document"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(lambda: b"GIF89a" + b"\0" * 50, "unknown-file-type", id="another type"),
        pytest.param(lambda: b"<html><script>alert(1)</script>", "unknown-file-type", id="a page"),
        pytest.param(lambda: b"<svg onload='alert(1)'/>", "unknown-file-type", id="svg"),
        pytest.param(archive, "unknown-file-type", id="an archive"),
        pytest.param(lambda: b"\n" + document(), "unknown-file-type", id="a document that begins later"),
        pytest.param(lambda: document() + archive(), "mixed-file", id="a document and an archive at once"),
        pytest.param(lambda: photo()[:3] + b"\xe0\0\x10%PDF-1.7" + photo(), "mixed-file", id="a picture and a PDF"),
        pytest.param(lambda: photo()[:500], "unreadable-picture", id="half a picture"),
        pytest.param(lambda: b"\x89PNG\r\n\x1a\n" + b"\xff" * 400, "unreadable-picture", id="the name of a picture"),
        pytest.param(bomb, "too-many-pixels", id="a bomb"),
        pytest.param(lambda: b"%PDF-1.7\n" + b"junk " * 200, "unreadable-document", id="no document"),
        pytest.param(lambda: document(password="secret"), "locked-document", id="behind a password"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused_with_the_reason(sent: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refused) as refused:
        inspect(sent(), RULES)
    assert refused.value.code == code
    assert code in SAYS


def test_a_document_that_unpacks_without_end_does_not_take_the_service_with_it() -> None:
    def endless(made: pikepdf.Pdf) -> None:
        made.pages[0].Contents = pikepdf.Stream(made, b"\0" * 300_000_000)

    sent = document(endless)
    assert len(sent) < RULES.longest
    assert len(inspect(sent, RULES).content) < RULES.longest, "it is never unpacked"


def test_a_look_that_dies_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(Refused) as refused:
        inspect(photo(), RULES)
    assert refused.value.code == "unreadable-picture"


def test_only_a_jpeg_loses_segments() -> None:
    assert without_applications(b"anything") == b"anything"
    bare = without_applications(photo(64, 64))
    assert PLACE not in bare
    assert Image.open(io.BytesIO(bare)).size == (64, 64)
