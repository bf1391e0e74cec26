"""Pointers of errors lead to places of the document that was sent, and to nothing else."""

import pytest
from contracts.consultations import SaveForm, SubmitAnswer
from contracts.errors import from_validation
from pydantic import BaseModel, ValidationError

CONSULTATION = "01927f3e-0000-7000-8000-0000000000c1"


def pointers(model: type[BaseModel], document: object) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document)
    return [error.pointer for error in from_validation(caught.value, document).errors]


def test_the_branch_of_a_union_is_no_place() -> None:
    question = {"kind": "single", "key": "q1", "label": {"fr": ""}, "options": [{"key": "a", "label": {}}]}
    page = {"key": "p", "title": {"fr": "P"}, "questions": [question, {"kind": "scale", "key": "q2"}]}
    document = {"consultation_id": CONSULTATION, "revision": 1, "form": {"pages": [page]}}

    assert pointers(SaveForm, document) == [
        "/form/pages/0/questions/0/label/fr",
        "/form/pages/0/questions/0/options/0/label",
        "/form/pages/0/questions/0/options",
        "/form/pages/0/questions/1/label",
    ]


def test_a_wrong_key_is_where_it_stands() -> None:
    document = {"consultation_id": CONSULTATION, "version": 1, "values": {"not a key": "x", "a/b": [1]}}

    assert set(pointers(SubmitAnswer, document)) == {"/values/not a key", "/values/a~1b"}


def test_what_is_missing_is_named() -> None:
    assert pointers(SubmitAnswer, {}) == ["/consultation_id", "/version", "/values"]
    assert pointers(SubmitAnswer, None) == [""]
