"""Replies of services for tests: one believable city, written for the purpose."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import jwt
from contracts import ideas, identity
from contracts.base import Point

NOW = datetime.now(UTC).replace(microsecond=0)
ME = UUID("0192aaaa-0000-7000-8000-000000000001")
NADIA = UUID("0192aaaa-0000-7000-8000-000000000002")
KARIM = UUID("0192aaaa-0000-7000-8000-000000000003")
IDEA = UUID("0192bbbb-0000-7000-8000-000000000001")
COMMENT = UUID("0192cccc-0000-7000-8000-000000000001")
REPLY = UUID("0192cccc-0000-7000-8000-000000000002")
HASH = "1f0c88ae" * 8
TEXT = (
    "Entre la rue du Faubourg-Saint-Antoine et la rue de Charenton, la rue longe l’hôpital **sans un arbre**.\n\n"
    "Nous proposons :\n\n- d’ouvrir le sol d’un côté ;\n- d’y planter une bande continue ;\n- d’y poser des bancs."
)


def token(*roles: str, minutes: int = 10, places: tuple[str, ...] = ("*",)) -> str:
    """An access token for the site to read, from now on; no service verifies it here."""
    now = datetime.now(UTC)
    claims = {
        "iss": "decider",
        "aud": "decider",
        "sub": str(ME),
        "iat": now,
        "exp": now + timedelta(minutes=minutes),
        "jti": "session",
        "lvl": 200,
        "roles": [{"r": role, "p": [*places], "u": None} for role in roles],
    }
    return jwt.encode(claims, "a key of the tests, long enough for HMAC", algorithm="HS256")


def session(*roles: str) -> identity.Session:
    return identity.Session(
        account_id=ME,
        session_id=UUID("0192dddd-0000-7000-8000-000000000001"),
        access_token=token(*roles),
        access_expires_at=datetime.now(UTC) + timedelta(minutes=10),
        refresh_token="a-refresh-token",
        refresh_expires_at=NOW + timedelta(days=30),
    )


def account(*roles: identity.Role) -> identity.AccountView:
    grants = tuple(
        identity.GrantView(
            grant_id=UUID(int=n + 1),
            account_id=ME,
            role=role,
            places=("*",),
            until=None,
            granted_at=NOW,
            revoked_at=None,
        )
        for n, role in enumerate(roles)
    )
    mail = identity.CertifiedAttribute(
        name=identity.AttributeName.EMAIL, value="nadia@exemple.fr", level=200, certified_at=NOW
    )
    return identity.AccountView(
        account_id=ME,
        kind=identity.AccountKind.PERSON,
        display_name="Nadia B.",
        language="fr",
        level=200,
        login=None,
        attributes=(mail,),
        roles=grants,
        created_at=NOW - timedelta(days=90),
    )


def sessions() -> identity.Sessions:
    return identity.Sessions(
        sessions=tuple(
            identity.SessionView(
                session_id=UUID(int=n + 1), device=device, created_at=NOW, last_used_at=NOW, current=n == 0
            )
            for n, device in enumerate(("Firefox, Linux", "Safari, iPhone"))
        )
    )


def names(request: identity.DisplayNames) -> identity.Names:
    known = {ME: "Nadia B.", NADIA: "Nadia B.", KARIM: "Karim L."}
    return identity.Names(
        names=tuple(
            identity.Name(account_id=one, name=known.get(one), kind=identity.AccountKind.PERSON)
            for one in request.account_ids
        )
    )


def card(n: int = 1, state: ideas.State = ideas.State.OPEN, **changes: object) -> ideas.DossierCard:
    values = {
        "id": UUID(int=IDEA.int + n),
        "number": f"PAR-2026-{4200 + n:06d}",
        "kind": "idea",
        "title": f"Planter une rue-jardin rue Crozatier, {n}e essai",
        "excerpt": "La rue longe l’hôpital sur deux cents mètres, sans un arbre.",
        "state": state,
        "theme": "nature",
        "place": place(n),
        "campaign": None,
        "supports": 1204,
        "threshold": 1500,
        "comments": 46,
        "deposited_at": NOW - timedelta(days=150),
        "state_since": NOW - timedelta(days=140),
        "closes_on": (NOW + timedelta(days=35)).date() if state is ideas.State.OPEN else None,
        "days_left": (3 if n == 2 else 35) if state is ideas.State.OPEN else None,
        "service": "voirie",
        "reason": "not-competent" if state is ideas.State.DECLINED else None,
        "last_word": "",
        "cost": None,
    }
    return ideas.DossierCard(**(values | changes))


def place(n: int = 0) -> ideas.PlaceView:
    spot = Point(latitude=48.8484 + n * 0.003, longitude=2.3810 - n * 0.006)
    return ideas.PlaceView(scope=ideas.Scope.POINT, district="75012", point=spot, address="Rue Crozatier")


def dossier(state: ideas.State = ideas.State.OPEN, *, mine: bool = False, **changes: object) -> ideas.DossierView:
    stages = (
        ideas.StageView(
            code="read", supports=50, reached_on=date(2026, 5, 3), due_on=None, answered_on=date(2026, 5, 12)
        ),
        ideas.StageView(
            code="opinion", supports=500, reached_on=date(2026, 7, 9), due_on=date(2026, 8, 25), answered_on=None
        ),
        ideas.StageView(code="examination", supports=1500, reached_on=None, due_on=None, answered_on=None),
    )
    answer = ideas.AnswerView(
        outcome=ideas.State.DECLINED,
        service="voirie",
        reason="not-competent",
        text="La rue est à l’État.",
        published_at=NOW,
    )
    values = card(0, state).model_dump() | {
        "text": TEXT,
        "content_hidden": False,
        "author": NADIA,
        "imported_from": None,
        "version": 3,
        "own_supports": 1166,
        "imported_supports": 38,
        "stages": stages,
        "clock": None,
        "examination": None,
        "answer": answer if state is ideas.State.DECLINED else None,
        "feasibility": None,
        "yearly_cost": None,
        "opinions": (),
        "commitments": (),
        "addenda": (ideas.Addendum(text="Un relevé de température est joint.", added_at=NOW),),
        "discussion": ideas.CommentCounts(all=46, pro=27, con=8, question=11),
        "steps": 3,
        "head": HASH,
        "counted_at": NOW,
        "mine": mine_view() if mine else None,
    }
    return ideas.DossierView(**(values | changes))


def mine_view(**changes: bool) -> ideas.Mine:
    values = {
        "author": False,
        "supported": False,
        "may_support": True,
        "may_withdraw_support": False,
        "may_edit": False,
    }
    return ideas.Mine(**(values | changes))


def record() -> ideas.RecordView:
    kinds: tuple[tuple[ideas.StepKind, ideas.Actor, dict[str, str | int], str], ...] = (
        (ideas.StepKind.DEPOSITED, ideas.Actor.AUTHOR, {}, ""),
        (ideas.StepKind.OPENED, ideas.Actor.MODERATION, {}, ""),
        (
            ideas.StepKind.STAGE_REACHED,
            ideas.Actor.COUNTER,
            {"stage": "opinion", "supports": 500, "due_on": "2026-08-25"},
            "",
        ),
        (
            ideas.StepKind.STAGE_ANSWERED,
            ideas.Actor.SERVICE,
            {"stage": "opinion", "late_days": 3},
            "Possible côté impair.",
        ),
    )
    steps = tuple(
        ideas.StepView(
            position=n + 1,
            at=NOW - timedelta(days=100 - n),
            kind=kind,
            actor=actor,
            service="voirie" if actor is ideas.Actor.SERVICE else None,
            reason=None,
            text=text,
            facts=facts,
            text_digest=sha256(text.encode()).hexdigest(),
            previous=HASH,
            hash=HASH,
        )
        for n, (kind, actor, facts, text) in enumerate(kinds)
    )
    return ideas.RecordView(number="PAR-2026-004200", idea_id=IDEA, steps=steps, intact=True, clock=None)


def comment(**changes: object) -> ideas.CommentView:
    values = {
        "id": COMMENT,
        "idea_id": IDEA,
        "number": "PAR-2026-004200",
        "parent_id": None,
        "side": ideas.Side.QUESTION,
        "text": "Les ambulances passent parfois à deux de front. La largeur suffit-elle ?",
        "author": KARIM,
        "service": None,
        "written_at": NOW - timedelta(days=3),
        "edited_at": None,
        "useful": 38,
        "not_useful": 4,
        "hidden": False,
        "hidden_reason": None,
        "mine": False,
        "upvoted": False,
        "downvoted": False,
        "editable_until": None,
    }
    return ideas.CommentView(**(values | changes))


def threads() -> ideas.ThreadPage:
    official = comment(id=REPLY, parent_id=COMMENT, service="voirie", text="Oui : la chaussée garde 5,50 m.")
    first = ideas.Thread(**(comment().model_dump() | {"replies_total": 1, "replies": (official,)}))
    others = (
        ideas.Thread(
            **(comment(id=UUID(int=COMMENT.int + 9), side=side).model_dump() | {"replies_total": 0, "replies": ()})
        )
        for side in (ideas.Side.PRO,)
    )
    return ideas.ThreadPage(items=(first, *others), next="next-page", total=2)


def page_of(*cards: ideas.DossierCard, following: str | None = None) -> ideas.DossierPage:
    return ideas.DossierPage(items=cards, next=following, total=len(cards))


def counts() -> ideas.IdeaCounts:
    one = ideas.Count
    return ideas.IdeaCounts(
        total=412,
        states=(one(value="open", count=412), one(value="delivered", count=12)),
        kinds=(one(value="idea", count=412),),
        themes=(one(value="nature", count=80),),
        districts=(one(value="75012", count=40),),
        counted_at=NOW,
    )


def draft() -> ideas.DraftView:
    return ideas.DraftView(
        idea_id=IDEA,
        kind="idea",
        title="Des arbres le long de l’hôpital Saint-Antoine",
        text=TEXT * 3,
        theme="nature",
        scope=ideas.Scope.DISTRICT,
        district="75012",
        address="Rue Crozatier",
        saved_at=NOW,
    )


def supported() -> ideas.SupportView:
    return ideas.SupportView(
        idea_id=IDEA,
        number="PAR-2026-004200",
        outcome=ideas.Outcome.RECORDED,
        supported=True,
        supports=1205,
        threshold=1500,
        counted_at=NOW,
    )
