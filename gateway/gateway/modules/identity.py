"""What identity adds to the gateway: accounts, sessions, one's own space, and the shared pages of every site."""

from gateway.api.identity import API
from gateway.i18n import N_
from gateway.modules import Module, NavEntry
from gateway.site import account, desk, me

MODULE = Module(
    "identity",
    api=API,
    site=(*account.ROUTES, *me.ROUTES, *desk.ROUTES),
    navigation=(NavEntry("/transparence", N_("Transparency"), 90),),
)
