"""Styles, scripts and fonts: built once with hashed names, compressed beforehand, kept by browsers for a year."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import falcon

FOLDER = Path(__file__).parent.parent / "static"
MEDIA = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Assets:
    """What ``gateway/frontend`` built."""

    folder: Path
    names: dict[str, str]
    digests: dict[str, str] = field(default_factory=dict)
    """Of the scripts that stand alone (booth, verifier), as the attribute ``integrity`` wants them."""

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Assets":
        """Read the manifest. Raises ``FileNotFoundError`` that names the command that builds it."""
        path = folder / "manifest.json"
        if not path.exists():
            raise FileNotFoundError("Assets are not built: run `npm ci && npm run build` in gateway/frontend.")
        digests = (folder / "integrity.json").read_text(encoding="utf-8")
        return cls(folder, json.loads(path.read_text(encoding="utf-8")), json.loads(digests))

    def url(self, name: str) -> str:
        """The address of an asset by its plain name. Raises ``KeyError`` for a name that was not built."""
        return f"/static/{self.names[name]}"

    def integrity(self, name: str) -> str:
        """What a browser checks a script against before it runs. Raises ``KeyError`` for one that shares its parts."""
        return self.digests[name]

    def has(self, name: str) -> bool:
        """Whether there is such an asset."""
        return name in self.names


class StaticFiles:
    """``GET /static/<hashed name>``."""

    def __init__(self, assets: Assets) -> None:
        self._folder = assets.folder
        self._known = frozenset(assets.names.values()) | {p.name for p in assets.folder.glob("part.*.js")}

    def on_get(self, request: falcon.Request, response: falcon.Response, name: str) -> None:
        """Send the smallest form that the reader understands."""
        if name not in self._known:
            raise falcon.HTTPNotFound
        path = self._folder / name
        response.content_type = MEDIA[path.suffix]
        response.set_header("Cache-Control", FOREVER)
        response.set_header("Vary", "Accept-Encoding")
        response.data = self._smallest(request.get_header("Accept-Encoding") or "", path, response)

    @staticmethod
    def _smallest(accepted: str, path: Path, response: falcon.Response) -> bytes:
        for coding, ending in (("br", ".br"), ("gzip", ".gz")):
            packed = path.with_name(path.name + ending)
            if coding in accepted and packed.exists():
                response.set_header("Content-Encoding", coding)
                return packed.read_bytes()
        return path.read_bytes()
