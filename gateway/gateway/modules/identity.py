"""What identity adds to the gateway: accounts, sessions, one's own page."""

from contracts.identity import JWKS, REFRESH, REGISTER, SIGN_IN, SIGN_OUT

from gateway.api.routes import ApiRoute
from gateway.http.limits import Limit
from gateway.modules import Module
from gateway.site import account
from gateway.site.routes import get, post

API = (
    ApiRoute("POST", "/accounts", REGISTER, "accounts", "Ask for an account", status=202, limit=Limit.SEND_MAIL),
    ApiRoute("POST", "/sessions", SIGN_IN, "sessions", "Sign in", status=201, limit=Limit.SIGN_IN),
    ApiRoute("POST", "/sessions/refresh", REFRESH, "sessions", "Exchange a refresh token for the next pair"),
    ApiRoute("POST", "/sessions/end", SIGN_OUT, "sessions", "Sign out"),
    ApiRoute("GET", "/keys", JWKS, "sessions", "The public keys of access tokens", cache=300),
)
SITE = (
    get("/compte/connexion", account.ask_to_sign_in),
    post("/compte/connexion", account.begin_session, limit=Limit.SIGN_IN),
    post("/compte/deconnexion", account.end_session),
)
MODULE = Module("identity", api=API, site=SITE)
