"""The files of open data, defined once: what writes them, what describes them and what tests them read this.

Descriptions are English messages; the site translates them. Columns keep their names and meanings for good: a new one
is added at the end, none is renamed. No file holds an account, a name or anything that leads to one.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    """Words that people wrote, or a number of a dossier."""
    CODE = "code"
    """A word of a list: of the territory's, or of the API's description."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    """``2026-09-17``, a day of the territory."""
    MOMENT = "moment"
    """``2026-09-17T10:00:00Z``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. An empty cell: there is nothing to say."""

    name: str
    kind: Kind
    says: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """A table, given as ``<name>.csv`` and ``<name>.json``."""

    name: str
    title: str
    says: str
    columns: tuple[Column, ...]


NUMBER = Column("number", Kind.TEXT, "Number of the dossier, for life")
_STATE = Column("state", Kind.CODE, "Where the dossier stands")
_SERVICE = Column("service", Kind.CODE, "Service in charge")

DOSSIERS = DataSet(
    "dossiers",
    "Dossiers",
    "Every dossier that was published, one per line. Words that moderation hid are left out.",
    (
        NUMBER,
        Column("kind", Kind.CODE, "Idea, petition, suggestion…"),
        Column("title", Kind.TEXT, "Title, as its author wrote it"),
        Column("text", Kind.TEXT, "Text, as its author wrote it, in Markdown"),
        Column("theme", Kind.CODE, "Theme"),
        Column("scope", Kind.CODE, "Whole territory (city), district or point"),
        Column("district", Kind.CODE, "District"),
        Column("address", Kind.TEXT, "Address, where one was given"),
        Column("latitude", Kind.DECIMAL, "Latitude of the point (WGS 84)"),
        Column("longitude", Kind.DECIMAL, "Longitude of the point (WGS 84)"),
        _STATE,
        Column("state_since", Kind.MOMENT, "Since when"),
        Column("reason", Kind.CODE, "Reason of the last decision, where one was given"),
        Column("deposited_on", Kind.DATE, "Day of the deposit"),
        Column("opened_on", Kind.DATE, "Day of the publication"),
        Column("closes_on", Kind.DATE, "Last day for supporting it"),
        Column("supports", Kind.INTEGER, "How many support it"),
        Column("threshold", Kind.INTEGER, "How many supports oblige the administration to answer"),
        Column("comments", Kind.INTEGER, "How many messages its discussion has"),
        _SERVICE,
        Column("cost", Kind.INTEGER, "Cost, in whole units of the currency"),
        Column("imported_from", Kind.TEXT, "Platform that it was taken over from"),
    ),
)
SUPPORTS = DataSet(
    "supports",
    "Supports per day",
    "How many people began to support each dossier on each day, among those who still do, and how many signed for it "
    "on paper. Who they are is nowhere.",
    (
        NUMBER,
        Column("day", Kind.DATE, "Day"),
        Column("supports", Kind.INTEGER, "How many that day"),
        Column("on_paper", Kind.INTEGER, "Signatures collected on paper that day, of those that are counted"),
    ),
)
STEPS = DataSet(
    "steps",
    "Steps of the records",
    "What happened to each dossier, who acted and why: the records as a table.",
    (
        NUMBER,
        Column("position", Kind.INTEGER, "Which step of the record, from 1"),
        Column("at", Kind.MOMENT, "When"),
        Column("kind", Kind.CODE, "What happened"),
        Column("actor", Kind.CODE, "Who acted: a role, never a name"),
        Column("service", Kind.CODE, "Service that acted"),
        Column("reason", Kind.CODE, "Reason, where one was given"),
        Column("text", Kind.TEXT, "Public text; empty where moderation hid it"),
        Column("stage", Kind.CODE, "Threshold concerned"),
        Column("due_on", Kind.DATE, "Day that was promised"),
        Column("late_days", Kind.INTEGER, "By how many days a promise was missed"),
        Column("hash", Kind.TEXT, "Fingerprint of the step"),
    ),
)
MODERATION = DataSet(
    "moderation",
    "Moderation by reason",
    "What moderation refused or hid each month, by reason.",
    (
        Column("month", Kind.DATE, "First day of the month"),
        Column("reason", Kind.CODE, "Reason"),
        Column("dossiers_refused", Kind.INTEGER, "Dossiers refused"),
        Column("dossiers_hidden", Kind.INTEGER, "Dossiers hidden after their publication"),
        Column("comments_hidden", Kind.INTEGER, "Messages hidden"),
    ),
)
COMMITMENTS = DataSet(
    "commitments",
    "Commitments",
    "What the administration committed itself to, by when, and whether it was done.",
    (
        NUMBER,
        Column("service", Kind.CODE, "Service that acted"),
        Column("text", Kind.TEXT, "The commitment"),
        Column("made_on", Kind.DATE, "Day on which it was made"),
        Column("due_on", Kind.DATE, "Day that was promised"),
        Column("state", Kind.CODE, "Open, done or dropped"),
        Column("closed_on", Kind.DATE, "Day on which it was done or dropped"),
    ),
)
OUTCOMES = DataSet(
    "outcomes",
    "Accepted dossiers and what became of them",
    "Every dossier that the administration accepted, with the dates it gave.",
    (
        NUMBER,
        Column("title", Kind.TEXT, "Title, as its author wrote it"),
        Column("district", Kind.CODE, "District"),
        _SERVICE,
        _STATE,
        Column("state_since", Kind.MOMENT, "Since when"),
        Column("accepted_on", Kind.DATE, "Day of the public answer"),
        Column("planned_for", Kind.DATE, "Day that was announced last"),
        Column("delivered_on", Kind.DATE, "Day of the delivery"),
        Column("cost", Kind.INTEGER, "Cost, in whole units of the currency"),
        Column("last_word", Kind.TEXT, "What the administration said last"),
    ),
)
ATTACHMENTS = DataSet(
    "attachments",
    "Photos and documents",
    "Every attachment that is shown. The file itself is at /api/v1/attachments/ followed by its identifier.",
    (
        NUMBER,
        Column("attachment", Kind.TEXT, "Identifier"),
        Column("media_type", Kind.CODE, "Type: JPEG or PNG picture, PDF document"),
        Column("size", Kind.INTEGER, "Size in bytes"),
        Column("width", Kind.INTEGER, "Width of a picture in pixels"),
        Column("height", Kind.INTEGER, "Height of a picture in pixels"),
        Column("description", Kind.TEXT, "What it shows, in the words of its author"),
        Column("added_on", Kind.DATE, "Day on which it was added"),
        Column("digest", Kind.TEXT, "SHA-256 of the file, as the record of the dossier names it"),
    ),
)
DEBATES = DataSet(
    "debates",
    "Debates",
    "Every debate that was published, its days, how many took part in words, and what the administration heard.",
    (
        NUMBER,
        Column("title", Kind.TEXT, "Title, as its author wrote it"),
        Column("theme", Kind.CODE, "Theme"),
        Column("district", Kind.CODE, "District"),
        _STATE,
        Column("opened_by", Kind.CODE, "Service that opened it; empty: a citizen did"),
        Column("opens_on", Kind.DATE, "First day of the debate"),
        Column("closes_on", Kind.DATE, "Last day of the debate"),
        Column("messages", Kind.INTEGER, "Messages that are shown, answers included"),
        Column("messages_for", Kind.INTEGER, "Messages that begin a thread, for"),
        Column("messages_against", Kind.INTEGER, "Messages that begin a thread, against"),
        Column("questions", Kind.INTEGER, "Messages that begin a thread and ask"),
        Column("synthesis_on", Kind.DATE, "Day of the synthesis"),
        Column("synthesis", Kind.TEXT, "The synthesis, in Markdown"),
    ),
)
PROJECTS = DataSet(
    "projects",
    "Projects of the participatory budgets",
    "Every project, from the ideas it is made of to its works: what was voted, promised, committed and spent.",
    (
        NUMBER,
        Column("year", Kind.INTEGER, "Year of the campaign"),
        Column("title", Kind.TEXT, "Title of the project"),
        Column("theme", Kind.CODE, "Theme"),
        Column("place", Kind.CODE, "District or group of districts whose envelope pays; empty: the whole territory"),
        Column("district", Kind.CODE, "District"),
        Column("latitude", Kind.DECIMAL, "Latitude of the point (WGS 84)"),
        Column("longitude", Kind.DECIMAL, "Longitude of the point (WGS 84)"),
        Column("equity", Kind.CODE, "Priority neighbourhood whose label it bears"),
        Column("ideas", Kind.TEXT, "Numbers of the ideas it is made of"),
        Column("standing", Kind.CODE, "What the commission and the vote decided"),
        _STATE,
        Column("reason", Kind.CODE, "Reason of the last decision, where one was given"),
        Column("voted", Kind.INTEGER, "Cost put to the vote, in whole units of the currency"),
        Column("estimated", Kind.INTEGER, "Estimated cost now, in whole units of the currency"),
        Column("committed", Kind.INTEGER, "Committed, in whole units of the currency"),
        Column("spent", Kind.INTEGER, "Spent, in whole units of the currency"),
        Column("first_due_on", Kind.DATE, "Day that was promised first"),
        Column("due_on", Kind.DATE, "Day that is promised now"),
        Column("started_on", Kind.DATE, "Day on which the works began"),
        Column("delivered_on", Kind.DATE, "Day of the delivery"),
        Column("progress", Kind.INTEGER, "Progress, in per cent"),
    ),
)
DATA_SETS = (DOSSIERS, SUPPORTS, STEPS, MODERATION, COMMITMENTS, OUTCOMES, ATTACHMENTS, DEBATES, PROJECTS)
RECORDS, HEADS = "records.jsonl", "heads.jsonl"
"""Two files more, for ``python -m ideas.verify``: lines of JSON as the API gives records and heads."""
