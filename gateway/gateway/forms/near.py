"""The form of "around me": a place that is typed, or the position that a script fills in when it is asked to."""

from gateway.forms.kit import NOWHERE, Field, Form
from gateway.i18n import N_


class NearForm(Form):
    """Where to look. The position goes in the body of the request: never in an address, a log or a cookie."""

    place = Field(
        N_("A postal code, a district or an address with its postal code"),
        hint=N_("For example: 75012, 12e, or 8 rue Crozatier, 75012 Paris."),
        autocomplete="street-address",
        optional=True,
        at=NOWHERE,
    )
    theme = Field(N_("Theme"), kind="select", optional=True, at=NOWHERE)
    latitude = Field("", kind="hidden", optional=True, at=NOWHERE)
    longitude = Field("", kind="hidden", optional=True, at=NOWHERE)

    def offer(self) -> None:
        """The answers to choose from."""
        themes = ((one.code, one.name.to(self.visit.language)) for one in self.visit.territory.themes)
        self.options["theme"] = (("", self.visit.text("All")), *themes)
