"""A form that goes through the database comes back as it was."""

from consultations.domain.form import Form
from consultations.translate.forms import form_from_json, form_to_json
from hypothesis import given

from services.consultations.tests.unit.strategies import forms


@given(forms())
def test_a_form_survives_being_kept(form: Form) -> None:
    assert form_from_json(form_to_json(form)) == form
