"""Files for tests: honest ones, and some that try to be more than they say."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pikepdf
from ideas.domain.attachments import Attachment
from PIL import ExifTags, Image

PLACE = b"GPSHERE"


def attachment(idea_id: UUID, **changes: Any) -> Attachment:
    """What a published photo leaves in the database."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "idea_id": idea_id,
        "entry": idea_id,
        "account": uuid4(),
        "media_type": "image/jpeg",
        "size": 1000,
        "width": 60,
        "height": 40,
        "digest": "a" * 64,
        "thumbnail": None,
        "thumbnail_size": None,
        "description": "La rue un matin d’août",
        "added_at": datetime(2026, 9, 1, 10, tzinfo=UTC),
    }
    return Attachment(**values | changes)


def photo(width: int = 640, height: int = 480, *, orientation: int = 1) -> bytes:
    """A JPEG that says where and with what it was taken; its left half is red."""
    picture = Image.new("RGB", (width, height), (20, 120, 200))
    picture.paste((200, 30, 30), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera of Somebody"
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = PLACE.decode()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (48.0, 51.0, 24.0)
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, comment=PLACE)
    return target.getvalue()


def drawing(width: int = 300, height: int = 200) -> bytes:
    """A PNG with a transparent background and a remark."""
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    remark = PngInfo()
    remark.add_text("Author", PLACE.decode())
    target = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 90, 60, 120)).save(target, "PNG", pnginfo=remark)
    return target.getvalue()


def document(change: object = None, *, password: str = "") -> bytes:
    """A PDF of one page with a photo in it and its maker's name; ``change(pdf)`` makes it worse."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 300))
        picture = pikepdf.Stream(made, photo(64, 64))
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = 64, 64, 8
        picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=made.make_indirect(picture)))
        made.docinfo["/Author"] = PLACE.decode()
        if callable(change):
            change(made)
        target = io.BytesIO()
        encryption = pikepdf.Encryption(owner=password, user=password) if password else None
        made.save(target, encryption=encryption) if encryption else made.save(target)
        return target.getvalue()


def archive() -> bytes:
    """A ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("surprise.txt", "not a picture")
    return target.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A small PNG that unpacks to far more pixels than anybody needs."""
    target = io.BytesIO()
    Image.new("1", (side, side)).save(target, "PNG", optimize=True)
    return target.getvalue()
