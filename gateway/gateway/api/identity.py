"""The API of identity: accounts, sessions, one's own data, roles."""

from contracts import identity as calls

from gateway.api.routes import ApiRoute, Auth
from gateway.http.limits import Limit

ACCOUNTS, SESSIONS, ME, AGENTS = "accounts", "sessions", "me", "agents"

API = (
    ApiRoute("POST", "/accounts", calls.REGISTER, ACCOUNTS, "Ask for an account", status=202, limit=Limit.SEND_MAIL),
    ApiRoute(
        "POST",
        "/accounts/confirmation-mails",
        calls.RESEND_CONFIRMATION,
        ACCOUNTS,
        "Send the link again",
        status=202,
        limit=Limit.SEND_MAIL,
    ),
    ApiRoute(
        "POST", "/accounts/confirmations", calls.CONFIRM, ACCOUNTS, "Confirm with the mailed link", limit=Limit.SIGN_IN
    ),
    ApiRoute(
        "POST",
        "/accounts/password-mails",
        calls.REQUEST_PASSWORD_RESET,
        ACCOUNTS,
        "Forgotten password",
        status=202,
        limit=Limit.SEND_MAIL,
    ),
    ApiRoute(
        "POST",
        "/accounts/passwords",
        calls.RESET_PASSWORD,
        ACCOUNTS,
        "A new password, with the link",
        limit=Limit.SIGN_IN,
    ),
    ApiRoute(
        "POST",
        "/accounts/activations",
        calls.ACTIVATE,
        ACCOUNTS,
        "First sign-in with a card",
        status=201,
        limit=Limit.SIGN_IN,
    ),
    ApiRoute("POST", "/names", calls.DISPLAY_NAMES, ACCOUNTS, "Public names of accounts"),
    ApiRoute("POST", "/sessions", calls.SIGN_IN, SESSIONS, "Sign in", status=201, limit=Limit.SIGN_IN),
    ApiRoute("POST", "/sessions/refresh", calls.REFRESH, SESSIONS, "Exchange a refresh token for the next pair"),
    ApiRoute("POST", "/sessions/end", calls.SIGN_OUT, SESSIONS, "Sign out"),
    ApiRoute("GET", "/me", calls.MY_ACCOUNT, ME, "My account", auth=Auth.CITIZEN),
    ApiRoute("PATCH", "/me", calls.UPDATE_ACCOUNT, ME, "Change my public name or language", auth=Auth.CITIZEN),
    ApiRoute("PUT", "/me/attributes", calls.DECLARE_ATTRIBUTES, ME, "Say who I am", auth=Auth.CITIZEN),
    ApiRoute("PUT", "/me/password", calls.CHANGE_PASSWORD, ME, "Change my password", auth=Auth.CITIZEN),
    ApiRoute("PUT", "/me/email", calls.CHANGE_EMAIL, ME, "Change my address", auth=Auth.CITIZEN, status=202),
    ApiRoute("GET", "/me/sessions", calls.MY_SESSIONS, ME, "Where I am signed in", auth=Auth.CITIZEN),
    ApiRoute("DELETE", "/me/sessions", calls.SIGN_OUT_EVERYWHERE, ME, "Sign out everywhere", auth=Auth.CITIZEN),
    ApiRoute("DELETE", "/me/sessions/{session_id}", calls.END_SESSION, ME, "End a session", auth=Auth.CITIZEN),
    ApiRoute("GET", "/me/accesses", calls.MY_ACCESSES, ME, "Who has read my data", auth=Auth.CITIZEN),
    ApiRoute("GET", "/me/export", calls.EXPORT_MY_DATA, ME, "Everything about me", auth=Auth.CITIZEN),
    ApiRoute("POST", "/me/erasure", calls.ERASE_ACCOUNT, ME, "Erase my account", auth=Auth.CITIZEN),
    ApiRoute("GET", "/me/collectives", calls.MY_COLLECTIVES, ME, "Collectives I may speak for", auth=Auth.CITIZEN),
    ApiRoute(
        "POST",
        "/collectives",
        calls.OPEN_COLLECTIVE,
        ME,
        "Declare a collective",
        auth=Auth.CITIZEN,
        status=201,
        new_id="account_id",
    ),
    ApiRoute(
        "POST",
        "/collectives/{account_id}/sessions",
        calls.ACT_AS,
        ME,
        "Speak for a collective",
        auth=Auth.CITIZEN,
        status=201,
    ),
    ApiRoute("GET", "/rights/{action}", calls.MAY, ME, "May this account do this here?", auth=Auth.CITIZEN),
    ApiRoute("GET", "/grants", calls.LIST_GRANTS, AGENTS, "Roles", auth=Auth.AGENT),
    ApiRoute(
        "POST", "/grants", calls.GRANT_ROLE, AGENTS, "Entrust a role", auth=Auth.AGENT, status=201, new_id="grant_id"
    ),
    ApiRoute("POST", "/grants/{grant_id}/revocation", calls.REVOKE_ROLE, AGENTS, "Take a role back", auth=Auth.AGENT),
    ApiRoute("POST", "/counter/searches", calls.FIND_ACCOUNT, AGENTS, "Find an account", auth=Auth.AGENT),
    ApiRoute("POST", "/counter/{account_id}/readings", calls.READ_ACCOUNT, AGENTS, "Read an account", auth=Auth.AGENT),
    ApiRoute(
        "POST",
        "/counter/{account_id}/certifications",
        calls.CERTIFY_ATTRIBUTES,
        AGENTS,
        "Certify attributes",
        auth=Auth.AGENT,
    ),
    ApiRoute(
        "POST",
        "/counter/{account_id}/collective",
        calls.VALIDATE_COLLECTIVE,
        AGENTS,
        "Validate a collective",
        auth=Auth.AGENT,
    ),
    ApiRoute(
        "POST",
        "/counter",
        calls.OPEN_COUNTER_ACCOUNT,
        AGENTS,
        "Open an account at a counter",
        auth=Auth.AGENT,
        status=201,
        new_id="account_id",
    ),
    ApiRoute("GET", "/accesses", calls.LIST_ACCESSES, AGENTS, "The log of accesses", auth=Auth.AGENT),
)
