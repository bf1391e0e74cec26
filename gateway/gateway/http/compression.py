"""Pages and data travel compressed when the reader understands it."""

import gzip

import falcon

SMALLEST = 1024
TEXTS = ("text/", "application/json", "application/problem+json", "application/geo+json", "application/atom+xml")


class Compression:
    """Compresses texts of more than a kilobyte."""

    def process_response(
        self,
        request: falcon.Request,
        response: falcon.Response,
        _resource: object,
        _succeeded: bool,  # noqa: FBT001
    ) -> None:
        """Falcon's hook."""
        body = response.data
        text = (response.content_type or "").startswith(TEXTS)
        if body is None or not text or response.get_header("Content-Encoding"):
            return
        response.append_header("Vary", "Accept-Encoding")
        if len(body) >= SMALLEST and "gzip" in (request.get_header("Accept-Encoding") or ""):
            response.data = gzip.compress(body, compresslevel=4)
            response.set_header("Content-Encoding", "gzip")
