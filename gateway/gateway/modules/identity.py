"""What identity adds to the gateway: accounts, sessions, one's own space."""

from gateway.api.identity import API
from gateway.modules import Module
from gateway.site import account, desk, me

MODULE = Module("identity", api=API, site=(*account.ROUTES, *me.ROUTES, *desk.ROUTES))
