"""A small folder of data of our own writing, in the forms of the published ones, with everything that goes wrong."""

import gzip
import json
from pathlib import Path
from typing import Any

PROJECT: dict[str, Any] = {
    "id": 1,
    "edition": 2019,
    "titre": "Un préau pour l’école de la rue des Tilleuls",
    "thematique": "Education et jeunesse",
    "budget": 60000,
    "echelle": "Budget participatif d’arrondissement",
    "arrondissement": "75011",
    "adresse": "3 rue des Tilleuls",
    "avancement": "FIN",
    "description": "Les enfants jouent sous la pluie.",
    "suivi": "Le préau est ouvert.",
}
HEADER = (
    "Identifiant du projet lauréat",
    "Date de début des études du projet",
    "Date de lancement des procédures du projet",
    "Date de lancement des travaux du projet",
    "Date d'ouverture du projet au public",
)
MILESTONES = (
    ("1", "2019-05", "2020-02", "2020-01", "2021-09"),  # works before the procedure
    ("2", "2018-01", "", "", ""),  # before the edition
    ("3", "le printemps", "", "", ""),
    ("4", "2020-01"),
    ("5", "", "", "2020-04", ""),
)
ARGUMENT: dict[str, Any] = {
    "id": 11,
    "side": "pour",
    "body": "Cela aide les petites associations.",
    "created_at": "2015-10-01T10:00:00+0200",
    "votes": 3,
    "enabled": True,
    "trashed": False,
}
OPINION: dict[str, Any] = {
    "id": 7,
    "title": "Publier les   budgets",
    "body_html": "<p>Tous les <strong>budgets</strong>, <a href='https://example.org'>en ligne</a>.</p>",
    "created_at": "2015-09-30T23:30:00+0200",
    "trashed": False,
    "votes_ok": 12,
    "votes_mitige": 3,
    "votes_nok": 1,
    "arguments": [ARGUMENT, {**ARGUMENT, "id": 12, "side": "contre", "votes": 0}],
}
PABULIB = """META
key;value
description;Budget participatif de démonstration
country;France
unit;Ville
instance;2024
num_projects;3
num_votes;4
budget;100000
vote_type;approval
max_length;2
PROJECTS
project_id;cost;votes;name;category
1;40000;3;Une fontaine sur la place du marché;Cadre de vie
2;50000.0;2;Des arbres devant l’école;Nature
3;70000;0;Un kiosque à musique;Culture
VOTES
voter_id;vote
101;1,2
102;2,1
103;1
104;9
"""


def write(folder: Path) -> Path:
    """Write the folder; give it back."""
    projects = [
        PROJECT,
        {**PROJECT, "id": 2, "titre": "  "},
        {**PROJECT, "id": 3, "thematique": "Divers", "budget": "peu"},
        {**PROJECT, "id": 4, "arrondissement": "75123", "avancement": "ABANDONNÉ", "suivi": "a\n\n" + "b" * 6000},
        {**PROJECT, "id": 5, "arrondissement": "75116", "avancement": "TRAVAUX", "suivi": ""},
        {**PROJECT, "id": 6, "arrondissement": "75099"},
        {**PROJECT, "id": 7, "thematique": "Divers"},
        {**PROJECT, "id": 2, "titre": "Une rue sans voitures le dimanche", "echelle": "Budget participatif parisien"},
    ]
    opinions = [
        OPINION,
        {**OPINION, "id": 8, "trashed": True},
        {**OPINION, "id": 9, "votes_ok": -1},
        {
            **OPINION,
            "id": 10,
            "arguments": [
                {**ARGUMENT, "id": 13, "enabled": False},
                {**ARGUMENT, "id": 14, "body": " "},
                {**ARGUMENT, "id": 15, "side": "peut-être"},
            ],
        },
    ]
    lines = [json.dumps(one, ensure_ascii=False).encode() for one in projects]
    _compressed(folder / "paris/bp_paris_descriptions.jsonl.gz", b"\n".join([*lines, b"{not json", b'{"id": "\xff"}']))
    rows = [";".join(row) for row in (HEADER, *MILESTONES)]
    _compressed(folder / "paris/bp_projets_gagnants.csv.gz", "\n".join(rows).encode("utf-8-sig") + b"\n\xe9;;;;\n")
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in opinions)
    _compressed(folder / "consultations/republique_numerique_2015_opinions.jsonl.gz", text.encode())
    _compressed(folder / "pabulib/toulouse/France_Toulouse_2024.pb.gz", PABULIB.encode())
    (folder / "geo").mkdir()
    (folder / "geo/paris_arrondissements.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    return folder


def _compressed(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content))
