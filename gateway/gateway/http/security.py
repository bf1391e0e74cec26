"""The headers that keep a browser from doing what no page of ours asks for. No inline script, no other host."""

import falcon

CONTENT_SECURITY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
POLICY = "Content-Security-Policy"
ALONE = {
    **CONTENT_SECURITY,
    "worker-src": "blob:",
    "form-action": "'none'",
    "manifest-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "worker",
}
"""For pages that seal, open or verify votes: no form leaves them, no text becomes code but their own workers."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(tile_origin: str = "") -> str:
    """The content security policy; pictures may also come from the configured tile server."""
    directives = dict(CONTENT_SECURITY)
    if tile_origin:
        directives["img-src"] += f" {tile_origin}"
    return _text(directives)


def _text(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def stand_alone(response: falcon.Response) -> None:
    """This response is a page that stands alone."""
    response.set_header(POLICY, _text(ALONE))


class SecurityHeaders:
    """Sets them on every response; one that has a policy of its own keeps it."""

    def __init__(self, *, tile_origin: str, secure: bool) -> None:
        self._headers = {**HEADERS, POLICY: policy(tile_origin)}
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def process_response(
        self,
        _request: falcon.Request,
        response: falcon.Response,
        _resource: object,
        _succeeded: bool,  # noqa: FBT001
    ) -> None:
        """Falcon's hook."""
        for name, value in self._headers.items():
            if name != POLICY or response.get_header(POLICY) is None:
                response.set_header(name, value)
