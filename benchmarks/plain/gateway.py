"""The door of the plain path: a Falcon view that makes one call for each request."""

import os
import threading

import falcon
from chassis.client import Context, RpcClient

from benchmarks.plain.contract import CAST, PlainBallot

_clients: dict[int, RpcClient] = {}
_lock = threading.Lock()


def client() -> RpcClient:
    """This process's client, made after the fork."""
    with _lock:
        if os.getpid() not in _clients:
            _clients[os.getpid()] = RpcClient(os.environ["AMQP_URL"], name="plain")
        return _clients[os.getpid()]


class Ballots:
    """``POST /ballots`` with a Bearer token."""

    def on_post(self, request: falcon.Request, response: falcon.Response) -> None:
        """Pass one ballot on and wait for its reply."""
        ballot = PlainBallot.model_validate(request.get_media())
        context = Context(token=(request.auth or "").removeprefix("Bearer "))
        response.data = client().call(CAST, ballot, context=context, deadline=10).model_dump_json().encode()
        response.content_type = falcon.MEDIA_JSON


app = falcon.App()
app.add_route("/ballots", Ballots())
