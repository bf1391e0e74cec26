"""The API's routes of attachments."""

from contracts import ideas as calls

from gateway.api.routes import ApiRoute, Auth, Carries
from gateway.attachments import LOOKING
from gateway.http.limits import Limit

FILES, DESK = "attachments", "desk"
API = (
    ApiRoute(
        "POST",
        "/ideas/{idea_id}/attachments",
        calls.ATTACH_FILE,
        FILES,
        "Attach a photo or a document",
        auth=Auth.CITIZEN,
        status=201,
        new_id="attachment_id",
        location="/attachments/{id}",
        limit=Limit.ATTACH,
        deadline=LOOKING,
        carries=Carries.UPLOAD,
    ),
    ApiRoute("GET", "/attachments/{attachment_id}", calls.READ_ATTACHMENT, FILES, "The file", carries=Carries.DOWNLOAD),
    ApiRoute(
        "DELETE", "/attachments/{attachment_id}", calls.REMOVE_ATTACHMENT, FILES, "Take it back", auth=Auth.CITIZEN
    ),
    ApiRoute(
        "POST", "/desk/attachments/{attachment_id}/hiding", calls.HIDE_ATTACHMENT, DESK, "Hide one", auth=Auth.AGENT
    ),
    ApiRoute(
        "POST",
        "/desk/attachments/{attachment_id}/restoration",
        calls.RESTORE_ATTACHMENT,
        DESK,
        "Show it again",
        auth=Auth.AGENT,
    ),
)
