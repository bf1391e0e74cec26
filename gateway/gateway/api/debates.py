"""The API of debates. Their messages, moderation and record are those of dossiers."""

from contracts import ideas as calls

from gateway.api.routes import ApiRoute, Auth
from gateway.http.limits import Limit

DEBATES = "debates"
CITIZEN, AGENT = Auth.CITIZEN, Auth.AGENT

API = (
    ApiRoute("GET", "/debates", calls.LIST_DEBATES, DEBATES, "Debates", cache=5),
    ApiRoute("GET", "/debates/{dossier}", calls.READ_DEBATE, DEBATES, "A debate", cache=2),
    ApiRoute(
        "POST",
        "/debates",
        calls.OPEN_DEBATE,
        DEBATES,
        "Open a debate",
        auth=CITIZEN,
        status=201,
        new_id="idea_id",
        location="/debates/{dossier[number]}",
        limit=Limit.DEPOSIT,
    ),
    ApiRoute("POST", "/desk/debates/{idea_id}/synthesis", calls.CONCLUDE_DEBATE, DEBATES, "Conclude it", auth=AGENT),
)
