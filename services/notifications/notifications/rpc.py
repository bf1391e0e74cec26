"""The door of calls: who asks, then one use case or query."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import notifications as contract

from notifications import queries
from notifications.bootstrap import Resources
from notifications.use_cases import bounces, follow, inbox, preferences, unsubscribe


class NotificationsRpc:
    """Everything that can be asked of notifications."""

    name = "notifications"
    resources: Resources = Provided()

    @serves(contract.FOLLOW)
    def follow(self, caller: Caller, request: contract.Follow) -> contract.FollowView:
        """Follow a thing. Repeating it changes nothing."""
        return follow.follow(self.resources.uow, caller.citizen(), request)

    @serves(contract.UNFOLLOW)
    def unfollow(self, caller: Caller, request: contract.Unfollow) -> contract.FollowView:
        """Follow it no more. Repeating it changes nothing."""
        return follow.unfollow(self.resources.uow, caller.citizen(), request)

    @serves(contract.GET_FOLLOW)
    def get_follow(self, caller: Caller, request: contract.GetFollow) -> contract.FollowView:
        """Does the caller follow this? May be asked by anybody."""
        return follow.get_follow(self.resources.uow, caller.account, request)

    @serves(contract.LIST_FOLLOWED)
    def list_followed(self, caller: Caller, request: contract.ListFollowed) -> contract.FollowedPage:
        """The things the caller follows, newest first."""
        return queries.list_followed(self.resources.uow, caller.citizen(), request, caller.locale)

    @serves(contract.LIST_INBOX)
    def list_inbox(self, caller: Caller, request: contract.ListInbox) -> contract.InboxPage:
        """The caller's messages, newest first."""
        return queries.list_inbox(self.resources.uow, self.resources.texts, caller.citizen(), request, caller.locale)

    @serves(contract.COUNT_UNREAD)
    def count_unread(self, caller: Caller, _request: contract.CountUnread) -> contract.UnreadView:
        """How many messages of the caller are unread?"""
        return inbox.count_unread(self.resources.uow, caller.citizen())

    @serves(contract.MARK_READ)
    def mark_read(self, caller: Caller, request: contract.MarkRead) -> contract.UnreadView:
        """Mark messages as read: those named, and all up to ``through`` if given. Others' messages are left alone."""
        return inbox.mark_read(self.resources.uow, caller.citizen(), request)

    @serves(contract.MARK_UNREAD)
    def mark_unread(self, caller: Caller, request: contract.MarkUnread) -> contract.UnreadView:
        """Mark one message as not read."""
        return inbox.mark_unread(self.resources.uow, caller.citizen(), request)

    @serves(contract.GET_PREFERENCES)
    def get_preferences(self, caller: Caller, _request: contract.GetPreferences) -> contract.PreferencesView:
        """What the caller wants to hear of, and how."""
        return preferences.get_preferences(self.resources.uow, caller.citizen())

    @serves(contract.SAVE_PREFERENCES)
    def save_preferences(self, caller: Caller, request: contract.SavePreferences) -> contract.PreferencesView:
        """Change preferences. What is not named stays as it is."""
        return preferences.save_preferences(self.resources.uow, caller.citizen(), request)

    @serves(contract.READ_UNSUBSCRIBE)
    def read_unsubscribe(self, _caller: Caller, request: contract.ReadUnsubscribe) -> contract.UnsubscribeView:
        """What would this unsubscribe link do? Changes nothing."""
        return unsubscribe.read_unsubscribe(self.resources.uow, self.resources.keys, request)

    @serves(contract.UNSUBSCRIBE)
    def unsubscribe(self, _caller: Caller, request: contract.Unsubscribe) -> contract.UnsubscribeView:
        """Stop the mails that this link is about; ``everything``: stop all but those that protect the account."""
        return unsubscribe.unsubscribe(self.resources.uow, self.resources.keys, request)

    @serves(contract.REPORT_BOUNCE)
    def report_bounce(self, _caller: Caller, request: contract.ReportBounce) -> contract.BounceView:
        """A mail came back. ``report`` is the returned message (RFC 3464) as the mail server received it."""
        return bounces.report_bounce(self.resources.uow, self.resources.keys, request)
