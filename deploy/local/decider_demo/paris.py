"""Winning projects of Paris's participatory budgets, with what became of them, as dossiers with their record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from decider_demo.source import Row, Unfit, json_lines, table

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
NO_DISTRICT = {"75123"}
"""In the published table it stands for no district in particular."""

COLUMNS = {
    "Date de début des études du projet": ("planned", "Début des études."),
    "Date de lancement des procédures du projet": (None, "Lancement des procédures."),
    "Date de lancement des travaux du projet": ("under_way", "Lancement des travaux."),
    "Date d'ouverture du projet au public": ("delivered", "Ouverture au public."),
}
REACHED = {"ETUDES": "planned", "PROCEDURES": "planned", "TRAVAUX": "under_way", "LIVRAISON": "under_way"}
FINAL = {"FIN": "delivered", "ABANDONNÉ": "abandoned"}

Step = dict[str, Any]


def milestones(data: Path) -> dict[str, Row]:
    """The rows of the table of winners, by identifier."""
    return {str(row.values["Identifiant du projet lauréat"]): row for row in table(data / MILESTONES)}


def dossiers(data: Path) -> Iterator[tuple[Row, dict[str, Any] | Unfit]]:
    """Each project as the body of an import, or why it cannot be one."""
    dated = milestones(data)
    for row in json_lines(data / DESCRIPTIONS):
        try:
            yield row, dossier(row, dated.get(str(row.values["id"])))
        except Unfit as reason:
            yield row, reason


def dossier(row: Row, dated: Row | None) -> dict[str, Any]:
    """The body of one import. Raises :class:`Unfit`."""
    project = row.values
    if not project["titre"].strip():
        raise Unfit(f"project {project['id']} has no title")
    if project["thematique"] not in THEMES:
        raise Unfit(f"unknown theme {project['thematique']!r}")
    deposited = date(project["edition"], 1, 1)
    return {
        "source": SOURCE,
        "reference": str(project["id"]),
        "kind": "budget_idea",
        "title": project["titre"],
        "text": project["description"],
        "theme": THEMES[project["thematique"]],
        "place": place(project),
        "campaign": f"budget-{project['edition']}",
        "deposited_on": deposited.isoformat(),
        "cost": int(project["budget"]),
        "steps": steps(project, dated.values if dated else {}, deposited),
    }


def place(project: dict[str, Any]) -> dict[str, Any]:
    """Where it is: the whole city, or a district with the address as it was published."""
    code = DISTRICT_ALIASES.get(project["arrondissement"], project["arrondissement"])
    address = {"address": project["adresse"].strip()[:200]} if project["adresse"].strip() else {}
    if project["echelle"] == WHOLE_CITY or code in NO_DISTRICT:
        return {"scope": "city", **address}
    return {"scope": "district", "district": code, **address}


def month(text: str | None) -> date | None:
    """The first day of ``YYYY-MM``; ``None`` for nothing. Raises :class:`Unfit` for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Unfit(f"{text!r} is not a month") from None


def steps(project: dict[str, Any], dated: dict[str, Any], deposited: date) -> list[Step]:
    """The record, in the order of its days; the published table has works dated before their procedures."""
    found: list[Step] = [
        {"on": on, "state": state, "text": text}
        for column, (state, text) in COLUMNS.items()
        if (on := month(dated.get(column))) is not None
    ]
    found.sort(key=lambda step: step["on"])
    first = {
        "on": deposited,
        "state": "accepted",
        "text": f"Projet lauréat du budget participatif {project['edition']}.",
    }
    known = [first, *(step for step in found if step["on"] >= deposited)]
    return [_written(step) for step in [*known, *closing(project, known)]]


def closing(project: dict[str, Any], known: list[Step]) -> list[Step]:
    """What the state says beyond the dated milestones, on the day of the last of these, and the news published last."""
    last, progress = known[-1]["on"], project["avancement"]
    said = {step["state"] for step in known}
    final = FINAL.get(progress) or REACHED.get(progress)
    text = project["suivi"].strip()
    if final is None or final in said:
        return [{"on": last, "state": None, "text": text}] if text else []
    reason = {"reason": "other-priority"} if final == "abandoned" else {}
    return [{"on": last, "state": final, "text": text or f"Avancement publié : {progress}.", **reason}]


def _written(step: Step) -> Step:
    return {**step, "on": step["on"].isoformat(), "text": step["text"][:5000]}
