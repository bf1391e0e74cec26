"""Consultations, versions of forms, drafts, answers, exports, event log and inbox."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE consultations (
        id UUID NOT NULL,
        slug TEXT NOT NULL,
        title JSONB NOT NULL,
        summary JSONB NOT NULL,
        description JSONB NOT NULL,
        organiser JSONB NOT NULL,
        outcome JSONB NOT NULL,
        places TEXT[] NOT NULL,
        opens_at TIMESTAMP WITH TIME ZONE NOT NULL,
        closes_at TIMESTAMP WITH TIME ZONE NOT NULL,
        results TEXT NOT NULL,
        audience_level INTEGER NOT NULL,
        audience_residents BOOLEAN NOT NULL,
        revision INTEGER NOT NULL,
        created_by UUID,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        opened_at TIMESTAMP WITH TIME ZONE,
        closed_at TIMESTAMP WITH TIME ZONE,
        closing_reason TEXT,
        PRIMARY KEY (id),
        CONSTRAINT consultations_closes_after_opening CHECK (closes_at >= opens_at),
        CONSTRAINT consultations_results CHECK (results IN ('after_closing', 'live')),
        CONSTRAINT consultations_audience_level CHECK (audience_level BETWEEN 0 AND 600),
        CONSTRAINT consultations_revision CHECK (revision >= 1),
        CONSTRAINT consultations_published_then_opened CHECK (opened_at IS NULL OR published_at IS NOT NULL),
        CONSTRAINT consultations_opened_then_closed CHECK (closed_at IS NULL OR opened_at IS NOT NULL),
        CONSTRAINT consultations_reason_of_closing CHECK (closing_reason IS NULL OR closed_at IS NOT NULL),
        UNIQUE (slug)
    )
    """,
    """
    CREATE INDEX consultations_by_closing ON consultations (closes_at, id) WHERE published_at IS NOT NULL
    """,
    """
    CREATE INDEX consultations_by_creation ON consultations (created_at, id)
    """,
    """
    CREATE TABLE event_log (
        position BIGINT GENERATED ALWAYS AS IDENTITY,
        id UUID NOT NULL,
        topic TEXT NOT NULL,
        subject TEXT NOT NULL,
        trace TEXT DEFAULT '' NOT NULL,
        payload JSONB NOT NULL,
        occurred_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (position),
        UNIQUE (id)
    )
    """,
    """
    CREATE INDEX event_log_unpublished ON event_log (position) WHERE published_at IS NULL
    """,
    """
    CREATE TABLE inbox (
        handler TEXT NOT NULL,
        event_id UUID NOT NULL,
        seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        PRIMARY KEY (handler, event_id)
    )
    """,
    """
    CREATE TABLE exports (
        id UUID NOT NULL,
        consultation_id UUID NOT NULL,
        account_id UUID NOT NULL,
        reason TEXT NOT NULL,
        begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT exports_reason CHECK (length(reason) BETWEEN 10 AND 300),
        FOREIGN KEY(consultation_id) REFERENCES consultations (id)
    )
    """,
    """
    CREATE INDEX ix_exports_consultation_id ON exports (consultation_id)
    """,
    """
    CREATE TABLE form_versions (
        consultation_id UUID NOT NULL,
        number INTEGER NOT NULL,
        form JSONB NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (consultation_id, number),
        CONSTRAINT form_versions_number CHECK (number >= 1),
        FOREIGN KEY(consultation_id) REFERENCES consultations (id)
    )
    """,
    """
    CREATE UNIQUE INDEX form_versions_one_unpublished ON form_versions (consultation_id) WHERE published_at IS NULL
    """,
    """
    CREATE TABLE answers (
        id UUID NOT NULL,
        consultation_id UUID NOT NULL,
        account_id UUID,
        version INTEGER NOT NULL,
        receipt TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revised_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (id),
        CONSTRAINT answers_one_per_person UNIQUE (consultation_id, account_id),
        CONSTRAINT answers_with_consultation UNIQUE (id, consultation_id),
        FOREIGN KEY(consultation_id, version) REFERENCES form_versions (consultation_id, number),
        CONSTRAINT answers_fingerprint CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
        UNIQUE (receipt)
    )
    """,
    """
    CREATE INDEX answers_by_account ON answers (account_id, submitted_at)
    """,
    """
    CREATE TABLE drafts (
        consultation_id UUID NOT NULL,
        account_id UUID NOT NULL,
        version INTEGER NOT NULL,
        content JSONB NOT NULL,
        saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (consultation_id, account_id),
        FOREIGN KEY(consultation_id, version) REFERENCES form_versions (consultation_id, number)
    )
    """,
    """
    CREATE INDEX drafts_by_account ON drafts (account_id, saved_at)
    """,
    """
    CREATE TABLE answer_values (
        answer_id UUID NOT NULL,
        question TEXT NOT NULL,
        position SMALLINT NOT NULL,
        consultation_id UUID NOT NULL,
        option TEXT,
        number INTEGER,
        text TEXT,
        several BOOLEAN NOT NULL,
        shuffled UUID DEFAULT gen_random_uuid() NOT NULL,
        PRIMARY KEY (answer_id, question, position),
        FOREIGN KEY(answer_id, consultation_id) REFERENCES answers (id, consultation_id) ON DELETE CASCADE,
        CONSTRAINT answer_values_one_value CHECK (num_nonnulls("option", number, text) = 1),
        CONSTRAINT answer_values_position CHECK (position >= 0),
        CONSTRAINT answer_values_several CHECK (several OR position = 0)
    )
    """,
    """
    CREATE INDEX answer_values_by_question ON answer_values (consultation_id, question, option, number, position)
    """,
    """
    CREATE INDEX answer_values_texts ON answer_values (consultation_id, question, shuffled) WHERE text IS NOT NULL
    """,
)

TABLES = ("answer_values", "drafts", "answers", "form_versions", "exports", "inbox", "event_log", "consultations")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
