"""Pictures are drawn anew: what is published holds pixels and nothing else, no place, no camera, no second file."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from ideas.files.looking import Clean, Refused

THUMBNAIL = 480
"""The longest side of a thumbnail, in pixels."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_MODES = {"image/jpeg": ("RGB", "L"), "image/png": ("RGB", "RGBA", "L", "LA", "P", "1")}


def clean_picture(content: bytes, media_type: str, *, most_pixels: int, longest_side: int) -> Clean:
    """The picture the right way up, no larger than ``longest_side``. Raises :class:`Refused`."""
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _drawn(content, media_type, most_pixels, longest_side)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Warning, EOFError) as error:
        raise Refused("unreadable-picture") from error


def _drawn(content: bytes, media_type: str, most_pixels: int, longest_side: int) -> Clean:
    picture: Image.Image = Image.open(io.BytesIO(content), formats=(_FORMATS[media_type],))
    if picture.width * picture.height > most_pixels:
        raise Refused("too-many-pixels")
    picture.draft("RGB", (longest_side, longest_side))
    picture = ImageOps.exif_transpose(picture)
    if picture.mode not in _MODES[media_type]:
        picture = picture.convert("RGB")
    picture = _at_most(picture, longest_side)
    small = _at_most(picture, THUMBNAIL)
    return Clean(media_type, _written(picture, media_type), picture.width, picture.height, _written(small, media_type))


def _at_most(picture: Image.Image, longest: int) -> Image.Image:
    if max(picture.size) <= longest:
        return picture
    smooth = picture.convert("RGBA" if "transparency" in picture.info else "RGB") if picture.mode == "P" else picture
    smooth = smooth.convert("L") if smooth.mode == "1" else smooth
    return ImageOps.contain(smooth, (longest, longest))


def _written(picture: Image.Image, media_type: str) -> bytes:
    bare = picture.copy()
    bare.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    target = io.BytesIO()
    if media_type == "image/jpeg":
        bare.save(target, "JPEG", quality=85, optimize=True, progressive=True, exif=b"", icc_profile=None)
    else:
        bare.save(target, "PNG", optimize=True, exif=b"", icc_profile=None)
    return target.getvalue()
