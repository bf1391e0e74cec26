"""Between the words of the domain and those of the contract."""

from contracts import notifications as contract

from notifications.domain.words import LOCKED, Choice, EmailMode, Preferences, Topic


def choice(wanted: contract.TopicChoice) -> tuple[Topic, Choice]:
    """What somebody chose for a topic."""
    return Topic(wanted.topic.value), Choice(inbox=wanted.inbox, email=EmailMode(wanted.email.value))


def preferences_view(preferences: Preferences) -> contract.PreferencesView:
    """A person's preferences, every topic said."""
    return contract.PreferencesView(
        topics=tuple(_topic(topic, preferences) for topic in Topic),
        quiet_from=preferences.quiet_from,
        quiet_until=preferences.quiet_until,
        weekly_cap=preferences.weekly_cap,
        email_suspended=preferences.suspended,
    )


def _topic(topic: Topic, preferences: Preferences) -> contract.TopicPreference:
    chosen = preferences.of(topic)
    return contract.TopicPreference(
        topic=contract.Topic(topic.value),
        inbox=chosen.inbox,
        email=contract.EmailMode(chosen.email.value),
        locked=topic is LOCKED,
    )
