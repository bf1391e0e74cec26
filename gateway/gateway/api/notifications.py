"""The API of notifications: inbox, preferences, followed things, unsubscribing, returned mails."""

from contracts import notifications as calls

from gateway.api.routes import ApiRoute, Auth

INBOX, FOLLOWING, MAIL = "notifications", "following", "mail"
CITIZEN = Auth.CITIZEN

READING = (
    ApiRoute("GET", "/me/notifications", calls.LIST_INBOX, INBOX, "My messages, newest first", auth=CITIZEN),
    ApiRoute("GET", "/me/notifications/unread", calls.COUNT_UNREAD, INBOX, "How many are unread", auth=CITIZEN),
    ApiRoute("POST", "/me/notifications/read", calls.MARK_READ, INBOX, "Mark some as read", auth=CITIZEN),
    ApiRoute("POST", "/me/notifications/not-read", calls.MARK_UNREAD, INBOX, "Mark one as not read", auth=CITIZEN),
    ApiRoute("GET", "/me/preferences", calls.GET_PREFERENCES, INBOX, "What I want to hear of", auth=CITIZEN),
    ApiRoute("PATCH", "/me/preferences", calls.SAVE_PREFERENCES, INBOX, "Change some of it", auth=CITIZEN),
)
FOLLOWED = (
    ApiRoute("GET", "/me/followed", calls.LIST_FOLLOWED, FOLLOWING, "What I follow", auth=CITIZEN),
    ApiRoute("GET", "/followers/{kind}/{key}", calls.GET_FOLLOW, FOLLOWING, "How many follow it; do I?", cache=10),
    ApiRoute("PUT", "/me/followed/{kind}/{key}", calls.FOLLOW, FOLLOWING, "Follow it", auth=CITIZEN),
    ApiRoute("DELETE", "/me/followed/{kind}/{key}", calls.UNFOLLOW, FOLLOWING, "No longer", auth=CITIZEN),
)
MAILS = (
    ApiRoute("GET", "/unsubscriptions/{token}", calls.READ_UNSUBSCRIBE, MAIL, "What a link of a mail would stop"),
    ApiRoute("POST", "/unsubscriptions/{token}", calls.UNSUBSCRIBE, MAIL, "Stop these mails"),
    ApiRoute("POST", "/notifications/bounces", calls.REPORT_BOUNCE, MAIL, "Report a returned mail (mail servers)"),
)
API = (*READING, *FOLLOWED, *MAILS)
