"""Winning projects of Paris's participatory budgets, with what became of them, as dossiers with their record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from decider_demo.source import Filled, Import, Published, Refusal, Row, json_lines, table

SOURCE = "opendata.paris.fr bp_projets_gagnants"
DESCRIPTIONS = "paris/bp_paris_descriptions.jsonl.gz"
MILESTONES = "paris/bp_projets_gagnants.csv.gz"

THEMES = {
    "Education et jeunesse": "ecoles",
    "Cadre de vie": "cadre-de-vie",
    "Solidarités": "solidarites",
    "Environnement": "nature",
    "Culture et patrimoine": "culture",
    "Sport": "sport",
    "Mobilités": "mobilites",
    "Prévention et sécurité": "securite",
    "Propreté": "proprete",
    "Attractivité et emploi": "emploi",
    "Santé": "sante",
}
WHOLE_CITY = "Budget participatif parisien"
DISTRICT_ALIASES = {"75116": "75016"}
"""The second postcode of the 16th."""
SEVERAL_DISTRICTS = {"75123": "Paris Centre"}
"""What the published table calls the first four districts together, which are no district of the territory."""

STATES = {
    "(non démarré)": None,
    "ETUDES": "planned",
    "PROCEDURES": "planned",
    "TRAVAUX": "under_way",
    "LIVRAISON": "under_way",
    "FIN": "delivered",
    "ABANDONNÉ": "abandoned",
}
"""The progress as it is published, in the words of the suite; none: only the vote was won."""
PROGRESS = {
    "ETUDES": "Avancement publié : études.",
    "PROCEDURES": "Avancement publié : procédures.",
    "TRAVAUX": "Avancement publié : travaux.",
    "LIVRAISON": "Avancement publié : livraison.",
    "FIN": "Avancement publié : terminé.",
    "ABANDONNÉ": "Avancement publié : abandonné.",
}
"""What is told of a state that comes without news."""
UNDATED = "(Publié sans date.)"
"""Added to what bears no date of its own and stands here beside the last dated milestone."""
TEXT_OF_A_STEP = 5000
"""Characters; what is longer becomes several pieces of news."""

Step = dict[str, Any]


def _month(text: object) -> object:
    """The first day of ``YYYY-MM``, nothing for an empty cell."""
    return f"{text}-01" if isinstance(text, str) and text else None


Month = Annotated[date | None, BeforeValidator(_month)]


class Project(Published):
    """A row of the descriptions."""

    id: int
    edition: Annotated[int, Field(ge=2014, le=2100)]
    titre: Filled
    thematique: str
    budget: Annotated[int, Field(ge=0)]
    echelle: str
    arrondissement: str
    adresse: str = ""
    avancement: Literal["(non démarré)", "ETUDES", "PROCEDURES", "TRAVAUX", "LIVRAISON", "FIN", "ABANDONNÉ"]
    description: str
    suivi: str = ""


class Milestones(Published):
    """A row of the table of winners: what the descriptions lack."""

    id: Annotated[str, Field(alias="Identifiant du projet lauréat")]
    studies: Annotated[Month, Field(alias="Date de début des études du projet")]
    procedures: Annotated[Month, Field(alias="Date de lancement des procédures du projet")]
    works: Annotated[Month, Field(alias="Date de lancement des travaux du projet")]
    opening: Annotated[Month, Field(alias="Date d'ouverture du projet au public")]


TOLD = {
    "studies": ("planned", "Début des études."),
    "procedures": (None, "Lancement des procédures."),
    "works": ("under_way", "Lancement des travaux."),
    "opening": ("delivered", "Ouverture au public."),
}


def imports(data: Path) -> Iterator[Import | Refusal]:
    """Each project as an import, and each row of either file that cannot be used."""
    dated: dict[str, Row[Milestones]] = {}
    for entry in table(data / MILESTONES, Milestones):
        if isinstance(entry, Refusal):
            yield entry
        else:
            dated[entry.values.id] = entry
    for row in json_lines(data / DESCRIPTIONS, Project):
        yield row if isinstance(row, Refusal) else dossier(row, dated.get(str(row.values.id)))


def dossier(row: Row[Project], dated: Row[Milestones] | None) -> Import | Refusal:
    """One project as an import."""
    project = row.values
    if project.thematique not in THEMES:
        return Refusal(row.spot, f"thematique: there is no theme {project.thematique!r}")
    deposited = date(project.edition, 1, 1)
    reached, refused = milestones(dated, deposited) if dated else ([], ())
    body = {
        "source": SOURCE,
        "reference": str(project.id),
        "kind": "budget_idea",
        "title": project.titre,
        "text": project.description,
        "theme": THEMES[project.thematique],
        "place": place(project),
        "campaign": f"budget-{project.edition}",
        "deposited_on": deposited.isoformat(),
        "cost": project.budget,
        "steps": [_written(step) for step in steps(project, reached, deposited)],
    }
    return Import(row.spot, body, refused)


def place(project: Project) -> dict[str, Any]:
    """Where it is: the whole city, or a district with the address as it was published."""
    code = DISTRICT_ALIASES.get(project.arrondissement, project.arrondissement)
    several = SEVERAL_DISTRICTS.get(code)
    address = ", ".join(filter(None, (several, project.adresse)))
    told = {"address": address} if address else {}
    if project.echelle == WHOLE_CITY or several:
        return {"scope": "city", **told}
    return {"scope": "district", "district": code, **told}


def milestones(dated: Row[Milestones], deposited: date) -> tuple[list[Step], tuple[Refusal, ...]]:
    """The dated steps in the order of their days (the table has works dated before their procedures).

    Refused are those from before the edition in which the project was chosen.
    """
    days = {name: day for name in TOLD if (day := getattr(dated.values, name)) is not None}
    known = [_step(day, *TOLD[name]) for name, day in days.items() if day >= deposited]
    refused = [_too_early(dated, name, day) for name, day in days.items() if day < deposited]
    return sorted(known, key=lambda step: step["on"]), tuple(refused)


def _too_early(dated: Row[Milestones], name: str, day: date) -> Refusal:
    column = Milestones.model_fields[name].alias
    return Refusal(dated.spot, f"{column}: {day:%Y-%m} is before the edition in which the project was chosen")


def steps(project: Project, reached: list[Step], deposited: date) -> list[Step]:
    """The record: the vote won, the dated milestones, the published news; the published progress has the last word."""
    first = _step(deposited, "accepted", f"Projet lauréat du budget participatif {project.edition}.")
    known = [first, *reached]
    last = next(step["state"] for step in reversed(known) if step["state"])
    final = STATES[project.avancement]
    on = known[-1]["on"]
    news = [f"{text}\n\n{UNDATED}" for text in pieces(project.suivi, TEXT_OF_A_STEP - len(UNDATED) - 2)]
    told = [_step(on, None, text) for text in news]
    if final is None or final == last:
        return [*known, *told]
    word = news[-1] if news else f"{PROGRESS[project.avancement]} {UNDATED}"
    return [*known, *told[:-1], _step(on, final, word)]


def pieces(text: str, longest: int) -> list[str]:
    """The text in pieces of at most so many characters, cut between paragraphs where that is possible."""
    found = []
    while text:
        end = len(text) if len(text) <= longest else max(text.rfind("\n\n", 0, longest), 0) or longest
        found.append(text[:end].strip())
        text = text[end:].strip()
    return found


def _step(on: date, state: str | None, text: str) -> Step:
    return {"on": on, "state": state, "text": text}


def _written(step: Step) -> Step:
    return {**step, "on": step["on"].isoformat()}
