"""The form of one's preferences: one line per topic, then when and how often."""

from typing import Any

from contracts.notifications import EmailMode, PreferencesView, Topic

from gateway.forms import messages
from gateway.forms.kit import NOWHERE, Field, Form
from gateway.i18n import N_
from gateway.site.notifications.labels import MODES
from gateway.site.visit import Visit

messages.add(
    {
        "locked": N_("Messages that protect your account are always sent."),
        "follows-too-much": N_("You follow very many things already: stop following some first."),
        "link-unknown": N_("This link is not valid any more. You can choose what you receive in your space."),
    }
)
CHOSEN = tuple(topic for topic in Topic if topic is not Topic.ACCOUNT)


def chosen(visit: Visit) -> tuple[Topic, ...]:
    """The topics that this person chooses about: what services owe is for their agents."""
    agent = visit.session is not None and visit.session.agent
    return CHOSEN if agent else tuple(topic for topic in CHOSEN if topic is not Topic.DUTIES)


def _email() -> Field:
    return Field(N_("By e-mail"), kind="select", at=NOWHERE)


def _inbox() -> Field:
    return Field(N_("In my space"), kind="tick", at=NOWHERE)


class PreferencesForm(Form):
    """Named after the topics: ``email_votes``, ``inbox_votes``."""

    email_contributions, inbox_contributions = _email(), _inbox()
    email_followed, inbox_followed = _email(), _inbox()
    email_discoveries, inbox_discoveries = _email(), _inbox()
    email_votes, inbox_votes = _email(), _inbox()
    email_consultations, inbox_consultations = _email(), _inbox()
    email_duties, inbox_duties = _email(), _inbox()
    quiet_from = Field(N_("No mail from"), kind="select")
    quiet_until = Field(N_("until"), kind="select", hint=N_("The same hour twice: at any hour."))
    weekly_cap = Field(
        N_("Mails of news in a week, at most"), kind="select", hint=N_("What goes beyond comes in one mail a day.")
    )

    @classmethod
    def of(cls, visit: Visit, known: PreferencesView) -> "PreferencesForm":
        """The form as the preferences stand."""
        values = {"quiet_from": str(known.quiet_from), "quiet_until": str(known.quiet_until)}
        values["weekly_cap"] = str(known.weekly_cap)
        for one in known.topics:
            values[f"email_{one.topic.value}"] = one.email.value
            if one.inbox:
                values[f"inbox_{one.topic.value}"] = "on"
        return cls.blank(visit, **values).with_options()

    def with_options(self) -> "PreferencesForm":
        """The answers that each choice offers."""
        modes = tuple((mode.value, self.visit.text(MODES[mode])) for mode in EmailMode)
        for topic in CHOSEN:
            self.options[f"email_{topic.value}"] = modes
        hours = tuple((str(hour), self.visit.text("%(hour)s:00", hour=hour)) for hour in range(24))
        self.options["quiet_from"] = self.options["quiet_until"] = hours
        caps = sorted({0, 1, 3, 5, 10, 20, 50, *self._current_cap()})
        self.options["weekly_cap"] = tuple((str(cap), self.visit.words.number(cap)) for cap in caps)
        return self

    def _current_cap(self) -> tuple[int, ...]:
        typed = self.value("weekly_cap")
        return (int(typed),) if typed.isascii() and typed.isdigit() and int(typed) <= 50 else ()

    def document(self) -> dict[str, Any]:
        """The request that the form makes."""
        topics = [
            {
                "topic": topic.value,
                "email": self.value(f"email_{topic.value}"),
                "inbox": bool(self.value(f"inbox_{topic.value}")),
            }
            for topic in chosen(self.visit)
        ]
        return {"topics": topics, **self.nested()}
