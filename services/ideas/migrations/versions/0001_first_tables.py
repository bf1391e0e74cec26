"""Drafts, dossiers, supports, stages, steps, notes, event log and inbox; French search."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    # Both come with PostgreSQL and are trusted: the owner of the database may create them.
    "CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public",
    # French stems, whatever the accents: « vegetaliser » finds « végétalisé ».
    "CREATE TEXT SEARCH CONFIGURATION public.decider_fr (COPY = pg_catalog.french)",
    """
    ALTER TEXT SEARCH CONFIGURATION public.decider_fr
        ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.french_stem
    """,
    # For trigrams. The dictionary is named, so that the function gives the same for ever, as an index needs.
    """
    CREATE FUNCTION public.plain(words TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent', words))
    """,
    """
    CREATE TABLE dossiers (
        id UUID NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        author UUID,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        theme TEXT NOT NULL,
        scope TEXT NOT NULL,
        district TEXT,
        latitude DOUBLE PRECISION,
        longitude DOUBLE PRECISION,
        address TEXT,
        campaign TEXT,
        state TEXT NOT NULL,
        state_since TIMESTAMP WITH TIME ZONE NOT NULL,
        deposited_at TIMESTAMP WITH TIME ZONE NOT NULL,
        moderated_at TIMESTAMP WITH TIME ZONE,
        opened_at TIMESTAMP WITH TIME ZONE,
        closes_on DATE,
        closes_at TIMESTAMP WITH TIME ZONE,
        supports INTEGER DEFAULT '0' NOT NULL,
        imported_supports INTEGER DEFAULT '0' NOT NULL,
        threshold INTEGER,
        counted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        progress_told SMALLINT DEFAULT '0' NOT NULL,
        service TEXT,
        assigned_at TIMESTAMP WITH TIME ZONE,
        answer_due_on DATE,
        answered_at TIMESTAMP WITH TIME ZONE,
        reason TEXT,
        last_word TEXT DEFAULT '' NOT NULL,
        cost BIGINT,
        content_hidden BOOLEAN DEFAULT false NOT NULL,
        hidden_from TEXT,
        imported_from TEXT,
        reference TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        steps INTEGER NOT NULL,
        head TEXT NOT NULL,
        comments INTEGER DEFAULT '0' NOT NULL,
        comments_pro INTEGER DEFAULT '0' NOT NULL,
        comments_con INTEGER DEFAULT '0' NOT NULL,
        comments_question INTEGER DEFAULT '0' NOT NULL,
        all_supports INTEGER GENERATED ALWAYS AS (supports + imported_supports) STORED,
        progress BIGINT GENERATED ALWAYS AS (supports::bigint * 1000000 / threshold) STORED,
        PRIMARY KEY (id),
        CONSTRAINT dossiers_imported_once UNIQUE (imported_from, reference),
        CONSTRAINT dossiers_state CHECK (state IN ('submitted', 'open', 'refused', 'under_examination', 'accepted',
            'declined', 'planned', 'under_way', 'delivered', 'abandoned', 'expired', 'merged', 'withdrawn',
            'hidden')),
        CONSTRAINT dossiers_scope CHECK (scope IN ('city', 'district', 'point')),
        CONSTRAINT dossiers_district CHECK (scope = 'city' OR district IS NOT NULL),
        CONSTRAINT dossiers_point CHECK ((scope = 'point') = (latitude IS NOT NULL)),
        CONSTRAINT dossiers_both CHECK ((latitude IS NULL) = (longitude IS NULL)),
        CONSTRAINT dossiers_on_earth CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
        CONSTRAINT dossiers_supports CHECK (supports >= 0 AND imported_supports >= 0),
        CONSTRAINT dossiers_threshold CHECK (threshold > 0),
        CONSTRAINT dossiers_progress_told CHECK (progress_told IN (0, 33, 66, 100)),
        CONSTRAINT dossiers_closing CHECK ((closes_on IS NULL) = (closes_at IS NULL)),
        CONSTRAINT dossiers_hidden CHECK (state <> 'hidden' OR (hidden_from IS NOT NULL AND content_hidden)),
        CONSTRAINT dossiers_refused CHECK (state <> 'refused' OR reason IS NOT NULL),
        CONSTRAINT dossiers_imported CHECK ((imported_from IS NULL) = (reference IS NULL)),
        CONSTRAINT dossiers_record CHECK (version >= 1 AND steps >= 1 AND head ~ '^[0-9a-f]{64}$'),
        CONSTRAINT dossiers_cost CHECK (cost >= 0),
        UNIQUE (number)
    )
    """,
    "CREATE INDEX dossiers_changed ON dossiers (state_since, id)",
    "CREATE INDEX dossiers_closing ON dossiers (closes_at, id) WHERE state = 'open'",
    "CREATE INDEX dossiers_filters ON dossiers (state, kind, theme, district)",
    "CREATE INDEX dossiers_of_author ON dossiers (author, deposited_at, id)",
    "CREATE INDEX dossiers_of_campaign ON dossiers (campaign, id) WHERE campaign IS NOT NULL",
    "CREATE INDEX dossiers_progress ON dossiers (progress, id) WHERE state = 'open'",
    "CREATE INDEX dossiers_recent ON dossiers (deposited_at, id)",
    "CREATE INDEX dossiers_supported ON dossiers (all_supports, id)",
    "CREATE INDEX dossiers_to_moderate ON dossiers (deposited_at, id) WHERE moderated_at IS NULL",
    """
    CREATE TABLE drafts (
        id UUID NOT NULL,
        account UUID NOT NULL,
        content JSONB NOT NULL,
        saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX drafts_of_account ON drafts (account, saved_at, id)",
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
    "CREATE INDEX event_log_unpublished ON event_log (position) WHERE published_at IS NULL",
    """
    CREATE TABLE inbox (
        handler TEXT NOT NULL,
        event_id UUID NOT NULL,
        seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        PRIMARY KEY (handler, event_id)
    )
    """,
    """
    CREATE TABLE number_series (
        year SERIAL NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (year),
        CONSTRAINT number_series_last CHECK (last BETWEEN 1 AND 999999999)
    )
    """,
    """
    CREATE TABLE invalid_supports (
        idea_id UUID NOT NULL,
        account UUID NOT NULL,
        invalidated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (idea_id, account),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    """
    CREATE TABLE notes (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        text TEXT NOT NULL,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX notes_of_dossier ON notes (idea_id, added_at)",
    """
    CREATE TABLE search (
        idea_id UUID NOT NULL,
        document TSVECTOR NOT NULL,
        plain_title TEXT NOT NULL,
        PRIMARY KEY (idea_id),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX search_document ON search USING gin (document)",
    "CREATE INDEX search_title ON search USING gin (plain_title gin_trgm_ops)",
    """
    CREATE TABLE stages (
        idea_id UUID NOT NULL,
        stage TEXT NOT NULL,
        supports INTEGER NOT NULL,
        reached_on DATE NOT NULL,
        due_on DATE NOT NULL,
        answered_on DATE,
        PRIMARY KEY (idea_id, stage),
        CONSTRAINT stages_supports CHECK (supports >= 1),
        CONSTRAINT stages_due CHECK (due_on >= reached_on),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX stages_awaited ON stages (due_on) WHERE answered_on IS NULL",
    """
    CREATE TABLE steps (
        idea_id UUID NOT NULL,
        position INTEGER NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        kind TEXT NOT NULL,
        actor TEXT NOT NULL,
        service TEXT,
        reason TEXT,
        text TEXT NOT NULL,
        facts JSONB NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (idea_id, position),
        CONSTRAINT steps_no_fork UNIQUE (idea_id, previous),
        CONSTRAINT steps_position CHECK (position >= 1),
        CONSTRAINT steps_beginning CHECK ((position = 1) = (previous = repeat('0', 64))),
        CONSTRAINT steps_hash CHECK (hash ~ '^[0-9a-f]{64}$' AND previous ~ '^[0-9a-f]{64}$'),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX steps_by_time ON steps (at, idea_id, position)",
    """
    CREATE TABLE supports (
        idea_id UUID NOT NULL,
        account UUID NOT NULL,
        supported_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (idea_id, account),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX supports_of_account ON supports (account, supported_at, idea_id)",
    # A record only grows.
    """
    CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a step of a record is never changed or removed'; END $$
    """,
    """
    CREATE TRIGGER steps_only_grow BEFORE UPDATE OR DELETE ON steps
        FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute(
        "DROP TABLE notes, steps, search, stages,"
        " supports, invalid_supports, dossiers, number_series, drafts, event_log, inbox"
    )
    op.execute("DROP FUNCTION public.plain, public.refuse_change")
    op.execute("DROP TEXT SEARCH CONFIGURATION public.decider_fr")
