"""Counted answers as results."""

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from contracts.consultations import results as wire

from consultations.domain.form import Form, Multiple, Option, Question, Ranking, Scale, Single, Text
from consultations.domain.tally import Counted, answered, histogram, shares, standings
from consultations.domain.versions import ever_confidential, every_option, latest_definitions
from consultations.records import FormVersion
from consultations.translate.forms import kind_name


def tallies(versions: Sequence[FormVersion], rows: Mapping[str, Sequence[Counted]]) -> tuple[wire.QuestionTally, ...]:
    """Every question ever asked in public, with its counts."""
    forms = [version.form for version in versions]
    hidden = ever_confidential(forms)
    return tuple(
        _tally(question, every_option(forms, key), _asked_in(versions, key), rows.get(key, ()))
        for key, question in latest_definitions(forms).items()
        if key not in hidden
    )


def _asked_in(versions: Sequence[FormVersion], key: str) -> tuple[int, ...]:
    return tuple(version.number for version in versions if version.form.question(key))


def _tally(
    question: Question, options: tuple[Option, ...], versions: tuple[int, ...], rows: Sequence[Counted]
) -> wire.QuestionTally:
    common = {
        "question": question.key,
        "label": dict(question.label),
        "answered": answered(rows),
        "versions": versions,
    }
    match question.kind:
        case Single() | Multiple():
            kind = cast(Literal["single", "multiple"], kind_name(question.kind))
            return wire.ChoiceTally(kind=kind, options=option_counts(options, rows), **common)
        case Scale() as scale:
            return _scale(scale, rows, common)
        case Ranking():
            return wire.RankingTally(options=_ranked(options, rows), **common)
        case Text():
            text = cast(Literal["short_text", "long_text"], kind_name(question.kind))
            return wire.TextTally(kind=text, **common)


def option_counts(options: Sequence[Option], rows: Sequence[Counted]) -> tuple[wire.OptionCount, ...]:
    """Counts and shares per option."""
    counted = shares([option.key for option in options], rows)
    return tuple(
        wire.OptionCount(option=one.option, label=dict(option.label), count=one.count, share=one.percent)
        for option, one in zip(options, counted, strict=True)
    )


def _scale(scale: Scale, rows: Sequence[Counted], common: dict[str, object]) -> wire.ScaleTally:
    counted = histogram(scale.lowest, scale.highest, rows)
    return wire.ScaleTally.model_validate(
        {
            **common,
            "bars": tuple({"value": value, "count": count} for value, count in counted.bars),
            "mean": counted.mean,
            "median": counted.median,
            "lowest_label": scale.lowest_label,
            "highest_label": scale.highest_label,
        }
    )


def _ranked(options: Sequence[Option], rows: Sequence[Counted]) -> tuple[wire.Ranked, ...]:
    labels = {option.key: dict(option.label) for option in options}
    return tuple(
        wire.Ranked(
            option=one.option,
            label=labels[one.option],
            points=one.points,
            first_places=one.first_places,
            place=one.place,
        )
        for one in standings(list(labels), rows)
    )


def public_single(forms: Sequence[Form], key: str) -> bool:
    """Whether two questions can be crossed by this one: single choice and never confidential."""
    question = latest_definitions(forms).get(key)
    return question is not None and isinstance(question.kind, Single) and key not in ever_confidential(forms)
