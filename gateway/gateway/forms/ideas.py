"""The forms of ideas: a deposit, messages, reports, what an author may still change."""

from contracts.ideas import DraftView, PlaceInput, SaveDraft, Scope, Side
from contracts.registry import Call
from contracts.territory import Kind

from gateway.forms import messages
from gateway.forms.attachments import DESCRIPTION, FILE
from gateway.forms.kit import Field, Form, Options
from gateway.i18n import N_
from gateway.site.ids import new_id
from gateway.site.visit import Visit

messages.add(
    {
        "authors-only": N_("Only the author can change this dossier."),
        "not-the-author": N_("Only the author can change this."),
        "already-supported": N_("People support it as it is: add a note instead."),
        "out-of-date": N_("It was changed in the meantime. Reload the page and look again."),
        "too-late": N_("It can no longer be corrected: write another message."),
        "discussion-closed": N_("The discussion of this dossier is closed."),
        "other-dossier": N_("The message that is answered is about another dossier."),
        "district-missing": N_("Choose the district."),
        "point-missing": N_("Show the place on the map, or choose the district."),
        "outside": N_("This place is outside the city: choose one inside."),
        "unknown-kind": N_("Choose a kind of the list."),
        "unknown-theme": N_("Choose a theme of the list."),
        "unknown-district": N_("Choose a district of the list."),
    }
)


class DepositForm(Form):
    """A new dossier."""

    scope = Field(N_("Where is it?"), kind="choice")
    district = Field(N_("District"), kind="select", optional=True, at="/place/district")
    address = Field(
        N_("Address or place"),
        hint=N_("For example: 130 avenue Daumesnil, or the name of a square."),
        optional=True,
        at="/place",
    )
    latitude = Field("", kind="hidden", optional=True)
    longitude = Field("", kind="hidden", optional=True)
    theme = Field(N_("Theme"), kind="select")
    title = Field(N_("Title"), hint=N_("Say what changes and where, in a few words."), max=80)
    text = Field(
        N_("Your idea"),
        kind="prose",
        rows=10,
        max=2000,
        hint=N_("The problem, what you propose, whom it will help. Give neither names nor contact details of others."),
    )
    file = FILE
    description = DESCRIPTION
    attachment_id = Field("", kind="hidden")
    again = Field("", kind="hidden", optional=True)
    kind = Field("", kind="hidden")
    idea_id = Field("", kind="hidden")

    def kind_rules(self) -> Kind:
        """The rules of the kind that is being deposited."""
        return self.visit.territory.kind(self.value("kind")) or self.visit.territory.kinds[0]

    def offer(self) -> None:
        """The answers to choose from."""
        visit = self.visit
        say = visit.language
        choose = ("", visit.text("Choose"))
        self.options["scope"] = (
            (Scope.CITY.value, visit.territory.whole.to(say)),
            (Scope.DISTRICT.value, visit.text("In a district, or at a precise place")),
        )
        self.options["district"] = (choose, *((one.code, one.name.to(say)) for one in visit.territory.districts))
        self.options["theme"] = (choose, *((one.code, one.name.to(say)) for one in visit.territory.themes))

    @classmethod
    def of_draft(cls, visit: Visit, draft: DraftView) -> "DepositForm":
        """The form as the draft left it."""
        scope = Scope.DISTRICT if draft.scope is Scope.POINT else draft.scope
        return cls.blank(
            visit,
            idea_id=str(draft.idea_id),
            kind=draft.kind,
            scope=(scope or Scope.CITY).value,
            district=draft.district or "",
            address=draft.address,
            latitude=str(draft.point.latitude) if draft.point else "",
            longitude=str(draft.point.longitude) if draft.point else "",
            theme=draft.theme or "",
            title=draft.title,
            text=draft.text,
            attachment_id=new_id(),
            again=draft.again or "",
        )

    def submit_draft(self, call: Call[SaveDraft, DraftView]) -> DraftView | None:
        """Keep what was typed so far."""
        typed: dict[str, object] = {name: self.value(name) for name in ("title", "text", "address")}
        chosen: dict[str, object] = {name: self.value(name) or None for name in ("theme", "district", "again")}
        return self.submit_as(call, typed | chosen | self._located() | self._named())

    def _named(self) -> dict[str, object]:
        return {"idea_id": self.value("idea_id"), "kind": self.value("kind") or self.visit.territory.kinds[0].code}

    def _located(self) -> dict[str, object]:
        scope = self.value("scope") or Scope.CITY.value
        latitude, longitude = self.value("latitude"), self.value("longitude")
        if scope == Scope.CITY.value or not (latitude and longitude):
            return {"scope": scope}
        return {"scope": Scope.POINT.value, "point": {"latitude": latitude, "longitude": longitude}}

    def nested(self) -> dict[str, object]:
        """What a deposit asks for; the place is made of several fields."""
        again = {"again": self.value("again")} if self.value("again") else {}
        return {
            **again,
            "kind": self.kind_rules().code,
            **{name: self.value(name) for name in ("title", "text", "theme")},
        }

    def check(self) -> None:
        """What must be right before the text is read again: everything at once."""
        if self.value("scope") == Scope.DISTRICT.value and not (self.value("district") or self.value("latitude")):
            self.blame("district", self.visit.text("Choose the district."))
        if not self.value("theme"):
            self.blame("theme", self.visit.text("Choose a theme of the list."))
        rules = self.kind_rules()
        self._check_length("title", rules.title_length)
        self._check_length("text", rules.text_length)

    def _check_length(self, name: str, bounds: tuple[int, int]) -> None:
        least, most = bounds
        used = len(self.value(name).strip())
        if used < least:
            self.blame(name, self._missing(least - used))
        elif used > most:
            self.blame(name, self.visit.count("One character too many.", "%(n)s characters too many.", used - most))

    def _missing(self, n: int) -> str:
        return self.visit.count("Too short: one character is missing.", "Too short: %(n)s characters are missing.", n)

    @staticmethod
    def place(draft: DraftView) -> PlaceInput | None:
        """The place of a draft, if it has a whole one."""
        if draft.scope is Scope.POINT and draft.point:
            return PlaceInput(scope=Scope.POINT, point=draft.point, address=draft.address or None)
        if draft.scope is Scope.DISTRICT and draft.district:
            return PlaceInput(scope=Scope.DISTRICT, district=draft.district, address=draft.address or None)
        return PlaceInput(scope=Scope.CITY)


class CommentForm(Form):
    """A message that begins a thread."""

    side = Field(N_("Your message is"), kind="choice")
    text = Field(N_("Your message"), kind="prose", rows=4, max=1000)
    comment_id = Field("", kind="hidden")


def choices_of(form: CommentForm, visit: Visit) -> None:
    """The sides a message can take."""
    form.options["side"] = (
        (Side.PRO.value, visit.text("For")),
        (Side.CON.value, visit.text("Against")),
        (Side.QUESTION.value, visit.text("Question")),
    )


class ReplyForm(Form):
    """An answer to a message; an examiner may give it in the name of a service."""

    text = Field(N_("Your answer"), kind="prose", rows=4, max=1000)
    service = Field(N_("In the name of"), kind="select", optional=True)
    comment_id = Field("", kind="hidden")

    @staticmethod
    def services(visit: Visit) -> Options:
        """Oneself, or a service of the administration."""
        say = visit.language
        return (("", visit.text("Myself")), *((one.code, one.name.to(say)) for one in visit.territory.services))


class CommentEditForm(Form):
    """A correction."""

    text = Field(N_("Your message"), kind="prose", rows=5, max=1000)


class ReportForm(Form):
    """Why moderation should read a message."""

    reason = Field(N_("Reason"), kind="choice")
    text = Field(N_("Anything to add?"), kind="prose", rows=3, max=500, optional=True)

    @staticmethod
    def reasons(visit: Visit) -> Options:
        """The reasons of the territory that apply to a report."""
        wanted = (one for one in visit.territory.reasons if "report" in one.applies_to)
        return tuple((one.code, one.name.to(visit.language)) for one in wanted)


class EditForm(Form):
    """A correction of one's dossier."""

    title = Field(N_("Title"), max=80)
    text = Field(N_("Your idea"), kind="prose", rows=10, max=2000)
    version = Field("", kind="hidden")


class AddendumForm(Form):
    """A dated note."""

    text = Field(N_("Your note"), kind="prose", rows=4, max=1000)
    file = FILE
    description = DESCRIPTION
    attachment_id = Field("", kind="hidden")
    addendum_id = Field("", kind="hidden")


class AttachForm(Form):
    """A file for a dossier that is deposited and that nobody supports yet."""

    file = FILE
    description = DESCRIPTION
    attachment_id = Field("", kind="hidden")


class WithdrawForm(Form):
    """Taking a dossier back."""

    text = Field(N_("Why, if you wish to say"), kind="prose", rows=3, max=1000, optional=True)
