"""What services owe is told to their agents, as long as they are, and to nobody else."""

from datetime import date, timedelta
from uuid import UUID

from contracts import ideas, identity
from contracts.notifications import ListInbox
from notifications import queries

from services.notifications.tests.unit import facts
from services.notifications.tests.world import TEXTS, World


def inbox(world: World, account: UUID) -> list[tuple[str, str]]:
    page = queries.list_inbox(world.uow, TEXTS, account, ListInbox(), "fr")
    return [(notice.title.replace("\u00a0", " "), notice.path or "") for notice in page.items]


def role(
    world: World, account: UUID, *places: str, granted: bool = True, until: date | None = None, as_: str = "examiner"
) -> None:
    changed = identity.RoleChanged(
        account_id=account, role=identity.Role(as_), places=places, until=until, granted=granted
    )
    world.hear(identity.ROLE_CHANGED, changed)


def overdue(world: World, *services: str) -> None:
    about = facts.about(None, awaited="answer", services=services, due_on=date(2026, 11, 20))
    world.hear(ideas.EXAMINATION_OVERDUE, ideas.ExaminationOverdue.model_validate(about))
    world.tell_all()


def test_the_agents_of_a_service_hear_that_it_is_late_and_land_at_the_desk(world: World) -> None:
    hers, others, town_hall = world.person(), world.person(), world.person()
    role(world, hers, "voirie")
    role(world, others, "espaces-verts")
    role(world, town_hall, "mairie-12", as_="territorial_actor")
    world.hear(ideas.IDEA_OPENED, facts.opened(None))
    overdue(world, "voirie")
    assert inbox(world, hers) == [(f"En retard : {facts.TITLE}", f"/bureau/dossiers/{facts.NUMBER}")]
    assert inbox(world, others) == inbox(world, town_hall) == []
    world.later(hours=2)
    world.send_all()
    assert world.states() == ["sent"]


def test_when_no_service_is_named_those_of_the_whole_city_hear_of_it(world: World) -> None:
    hers, everywhere = world.person(), world.person()
    role(world, hers, "voirie")
    role(world, everywhere, "*")
    overdue(world)
    assert inbox(world, hers) == []
    assert len(inbox(world, everywhere)) == 1


def test_a_role_that_is_taken_back_or_over_tells_nothing_any_more(world: World) -> None:
    gone, over, still = world.person(), world.person(), world.person()
    yesterday = world.now.date() - timedelta(days=1)
    role(world, gone, "voirie")
    role(world, gone, "voirie", granted=False)
    role(world, over, "voirie", until=yesterday)
    role(world, still, "voirie", until=world.now.date())
    overdue(world, "voirie")
    assert [len(inbox(world, one)) for one in (gone, over, still)] == [0, 0, 1]


def test_an_opinion_is_asked_of_agents_and_its_answer_goes_to_those_who_asked(world: World) -> None:
    asked, asking = world.person(), world.person()
    role(world, asked, "espaces-verts")
    role(world, asking, "voirie")
    question = facts.about(None, service="espaces-verts", due_on=date(2026, 12, 1))
    world.hear(ideas.OPINION_ASKED, ideas.OpinionAsked.model_validate(question))
    given = facts.about(None, service="espaces-verts", asked_by="voirie", verdict="favourable")
    world.hear(ideas.OPINION_GIVEN, ideas.OpinionGiven.model_validate(given))
    world.tell_all()
    assert [title.split(" :")[0] for title, _ in inbox(world, asked)] == ["Votre avis est demandé"]
    assert [title.split(" :")[0] for title, _ in inbox(world, asking)] == ["Avis rendu"]


def test_those_who_follow_a_dossier_hear_what_becomes_of_promises(world: World) -> None:
    author = world.person()
    world.hear(ideas.IDEA_OPENED, facts.opened(author))
    late = {
        "commitment_id": UUID(int=1),
        "outcome": "postponed",
        "due_on": date(2027, 3, 1),
        "reason": "longer-studies",
    }
    world.hear(ideas.COMMITMENT_CHANGED, ideas.CommitmentChanged.model_validate(facts.about(author, **late)))
    world.tell_all()
    assert inbox(world, author)[0] == (f"Engagement reporté : {facts.TITLE}", f"/dossiers/{facts.NUMBER}")
