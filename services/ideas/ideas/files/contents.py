"""Looks at one file and writes what may be published of it: ``python -m ideas.files.contents``, a process of its own.

Readers of pictures and documents are what hostile files attack: the process has no secret, little memory and little
time. It reads the file from its input and the limits from its arguments; it writes one line of JSON, then the bytes.
"""

import json
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from ideas.files.looking import Clean, Refused

MEMORY = 1 << 30
"""Address space, in bytes: enough for a picture of the territory's most pixels."""
SECONDS = 10
"""Of processor time."""
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_DOCUMENT = b"%PDF-"
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
"""How ZIP archives begin and end; a file may be one of them and something else at once."""
_TAIL = 66_000
"""How far from its end the directory of a ZIP archive may begin."""


def look(content: bytes, *, most_pixels: int, longest_side: int) -> Clean:
    """What may be published of a file. Raises :class:`Refused` with the reason."""
    for beginning, media_type in _PICTURES.items():
        if content.startswith(beginning):
            if _DOCUMENT in content[:1024]:
                raise Refused("mixed-file")
            from ideas.files.pictures import clean_picture  # noqa: PLC0415 -- read only what the file needs

            return clean_picture(content, media_type, most_pixels=most_pixels, longest_side=longest_side)
    if content.startswith(_DOCUMENT):
        if _ARCHIVE[1] in content[-_TAIL:] or _ARCHIVE[0] in content[:1024]:
            raise Refused("mixed-file")
        from ideas.files.documents import clean_document  # noqa: PLC0415

        return clean_document(content)
    raise Refused("unknown-file-type")


def main(arguments: list[str], source: BinaryIO, target: BinaryIO) -> None:
    """Read, look, write."""
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # the first to go where memory is short
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    most_pixels, longest_side = map(int, arguments)
    try:
        clean = look(source.read(), most_pixels=most_pixels, longest_side=longest_side)
    except Refused as refused:
        target.write(json.dumps({"refused": refused.code}).encode() + b"\n")
        return
    said = {"media_type": clean.media_type, "width": clean.width, "height": clean.height, "size": len(clean.content)}
    target.write(json.dumps(said).encode() + b"\n" + clean.content + clean.thumbnail)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
