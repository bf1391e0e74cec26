"""What notifications adds to the gateway: inbox, preferences, following, unsubscribing."""

from gateway.api.notifications import API
from gateway.modules import Block, Module
from gateway.site.notifications import following, inbox, preferences

MODULE = Module(
    "notifications",
    api=API,
    site=(*inbox.ROUTES, *preferences.ROUTES, *following.ROUTES),
    account=(Block("notifications/my-inbox.html", inbox.newest, 5),),
)
