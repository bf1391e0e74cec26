"""The territory's data as the domain's rules."""

from collections import defaultdict
from datetime import timedelta

from contracts.territory import Debate, Kind, Moderation, Residence, Territory

from ideas.domain.rules import DebateRules, FileRules, FraudRules, KindRules, Rate, Rules, StageRule

ACTIONS = ("deposit_idea", "support_idea", "comment", "vote_comment", "report")
"""What people do here. The token tells their level, so that is all that may be asked."""


def rules_of(territory: Territory) -> Rules:
    """The rules. Raises ``ValueError`` if the territory asks for more than a level where only the level is known."""
    return Rules(
        prefix=territory.number_prefix,
        zone=territory.zone,
        kinds={kind.code: _kind(kind) for kind in territory.kinds},
        themes=frozenset(theme.code for theme in territory.themes),
        services={service.code: _districts(territory, service.district) for service in territory.services},
        parents={service.code: service.parent for service in territory.services if service.parent},
        districts=frozenset(district.code for district in territory.districts),
        groups={group.code: frozenset(group.districts) for group in territory.groups},
        neighbourhoods={one.code: one.district for one in territory.neighbourhoods},
        place_order=_place_order(territory),
        reasons=_reasons(territory),
        moderation_hours=territory.delays.moderation_hours,
        report_hours=territory.delays.report_hours,
        appeal_days=territory.delays.appeal_days,
        appeal_within_days=territory.delays.appeal_within_days,
        assignment_days=territory.delays.assignment_days,
        opinion_days=territory.delays.opinion_days,
        answer_days=territory.delays.answer_days,
        merge_notice_days=territory.delays.merge_notice_days,
        similar_within_metres=territory.similar_within_metres,
        comment_length=territory.comments.length,
        edit_minutes=territory.comments.edit_minutes,
        reports_that_hide=territory.comments.reports_that_hide,
        second_agent_for_paper=territory.paper.second_agent,
        fraud=_fraud(territory),
        files=FileRules(
            per_dossier=territory.attachments.per_dossier,
            longest=territory.attachments.bytes,
            most_pixels=territory.attachments.megapixels * 1_000_000,
            longest_side=territory.attachments.longest_side,
        ),
        levels={action: _level(territory, action) for action in ACTIONS},
        rates={name: _rates(territory, name) for name in ("deposit_idea", "comment", "report")},
    )


def _fraud(territory: Territory) -> FraudRules:
    found = territory.fraud
    return FraudRules(
        window=timedelta(minutes=found.window_minutes),
        least=found.least,
        times_usual=found.times_usual,
        young=timedelta(hours=found.young_hours),
        review_from=found.review_from,
    )


def _kind(kind: Kind) -> KindRules:
    return KindRules(
        code=kind.code,
        moderated_first=kind.moderation is Moderation.BEFORE,
        period_months=kind.period_months,
        stages=tuple(StageRule(stage.code, stage.supports, stage.days) for stage in kind.stages),
        title_length=kind.title_length,
        text_length=kind.text_length,
        in_campaign_only=kind.in_campaign_only,
        debate=_debate(kind.debate) if kind.debate else None,
    )


def _debate(rules: Debate) -> DebateRules:
    return DebateRules(
        by_anyone=rules.opened_by == "anyone",
        shortest_days=rules.shortest_days,
        longest_days=rules.longest_days,
        synthesis_days=rules.synthesis_days,
    )


def _place_order(territory: Territory) -> dict[str, int]:
    """Where each group, and each district that is in none, comes; a group in the place of its first district."""
    groups = [territory.group_of(one.code) for one in territory.districts]
    places = [group.code if group else one.code for one, group in zip(territory.districts, groups, strict=True)]
    return {place: position for position, place in enumerate(dict.fromkeys(places))}


def _districts(territory: Territory, code: str | None) -> frozenset[str]:
    if code is None:
        return frozenset()
    return next((frozenset(one.districts) for one in territory.groups if one.code == code), frozenset({code}))


def _reasons(territory: Territory) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for reason in territory.reasons:
        for purpose in reason.applies_to:
            found[purpose].add(reason.code)
    return {purpose: frozenset(codes) for purpose, codes in found.items()}


def _level(territory: Territory, action: str) -> int:
    permission = territory.permission(action)
    if permission.minimum_age or permission.residence is not Residence.ANYWHERE or permission.one_per_human:
        raise ValueError(f"permissions.{action}: ideas knows of people their level only")
    return permission.level


def _rates(territory: Territory, name: str) -> tuple[Rate, ...]:
    limits = territory.limits.get(name, ())
    return tuple(Rate(limit.count, limit.seconds) for limit in limits if limit.per == "person")
