-- The first schema. Offsets are 0-based, end exclusive, in Unicode code points of reports.text.
-- Dates are EDTF; first_day and last_day are the first and last day (ISO) that the date may mean, for comparing.
-- Columns that hold lists are JSON arrays. Sides and names joined in one column stand with "; " between them.

CREATE TABLE meta (
    -- Facts about the record itself.
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE ingests (
    -- One row for each run that wrote to the record. The only table that knows the clock.
    n INTEGER PRIMARY KEY,
    started TEXT NOT NULL,          -- UTC
    finished TEXT,                  -- UTC; NULL when the run was cut off
    program TEXT NOT NULL,          -- version of communique
    what TEXT NOT NULL,             -- ingest or reanalyse
    paths TEXT NOT NULL,            -- what was read, JSON
    read INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0
);

CREATE TABLE reports (
    -- One published text. What is long stands last, so that the rest is read without it.
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    outlet TEXT,                    -- who published
    url TEXT,
    path TEXT,                      -- where it was read
    language TEXT NOT NULL,
    published TEXT,                 -- the day it was published, EDTF; NULL where nothing settles it
    published_first TEXT,
    published_last TEXT,
    published_basis TEXT,           -- metadata, stated, resolved or inferred
    published_because TEXT NOT NULL,
    published_constraints TEXT NOT NULL,
    metadata_published TEXT,        -- the day that came with the file
    title_end INTEGER NOT NULL,     -- where the title line ends in the text, 0 without a title
    copy_prints INTEGER,            -- number of its fingerprints in copy_bands
    origin TEXT NOT NULL,           -- id of the report that stands for all copies of this text
    relay TEXT,                     -- agency whose story the report is or passes on
    relay_because TEXT,
    relay_start INTEGER,            -- where the text says so
    relay_end INTEGER,
    relay_words TEXT,
    set_aside TEXT,                 -- why it was not analysed, NULL where it was
    knowledge TEXT,                 -- fingerprint of the knowledge that analysed it
    sentences INTEGER NOT NULL,
    parsed INTEGER NOT NULL,
    ingest INTEGER REFERENCES ingests (n),
    text_sha256 TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL,       -- of the msgpack
    text TEXT NOT NULL,             -- the cleaned text, in which every offset counts
    original TEXT,                  -- the text before cleaning, where the raw report does not hold it as it is
    pieces BLOB,                    -- where the runs of the cleaned text stand in the original, msgpack
    raw BLOB NOT NULL,              -- the report as it was read, msgpack compressed with zlib
    copy_signature BLOB             -- for finding near copies
);
CREATE INDEX reports_by_day ON reports (published_first);
CREATE INDEX reports_by_url ON reports (url) WHERE url IS NOT NULL;
CREATE INDEX reports_by_origin ON reports (origin);
-- Counts over all reports are answered from this alone.
CREATE INDEX reports_in_numbers ON reports (
    set_aside, language, published_basis, knowledge, published, published_first, published_last, sentences, parsed
);

CREATE TABLE inputs (
    -- Every raw report that was read and the report it became: what is here is not analysed again.
    sha256 TEXT PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX inputs_by_report ON inputs (report);

CREATE TABLE refusals (
    -- What could not be read as a report.
    place TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    ingest INTEGER REFERENCES ingests (n)
) WITHOUT ROWID;

CREATE TABLE furniture (
    -- What was set aside when a report was cleaned: spans of the text before cleaning.
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE encounters (
    -- Encounters, each counted once however many reports tell it.
    n INTEGER PRIMARY KEY,
    gid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    date TEXT,
    first_day TEXT,
    last_day TEXT,
    date_basis TEXT,
    place TEXT,
    country TEXT,
    forum TEXT,
    duration TEXT,
    part_of TEXT,                   -- gid of the encounter that this one is a part of
    sides TEXT NOT NULL,
    who TEXT NOT NULL,
    topics TEXT NOT NULL,
    reports INTEGER NOT NULL,
    origins INTEGER NOT NULL,       -- independent origins among the reports
    because TEXT NOT NULL,          -- why the mentions are the same
    confidence REAL NOT NULL
);
CREATE INDEX encounters_by_day ON encounters (first_day IS NULL, first_day, last_day, gid);

CREATE TABLE encounter_participants (
    -- Who took part, as settled over all mentions.
    encounter INTEGER NOT NULL REFERENCES encounters (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    represents TEXT,
    role TEXT,
    actor TEXT,                     -- id in the authority file
    office TEXT,                    -- held on that day
    PRIMARY KEY (encounter, position)
) WITHOUT ROWID;
CREATE INDEX encounter_participants_by_name ON encounter_participants (name);
CREATE INDEX encounter_participants_by_actor ON encounter_participants (actor) WHERE actor IS NOT NULL;

CREATE TABLE encounter_sides (
    -- The sides that took part, one a row.
    side TEXT NOT NULL,
    encounter INTEGER NOT NULL REFERENCES encounters (n) ON DELETE CASCADE,
    PRIMARY KEY (side, encounter)
) WITHOUT ROWID;
CREATE INDEX encounter_sides_by_encounter ON encounter_sides (encounter);

CREATE TABLE mentions (
    -- Encounters as one report tells them.
    n INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,               -- in the report
    encounter INTEGER REFERENCES encounters (n) ON DELETE SET NULL,
    component INTEGER,              -- mentions with one number are linked together; of no meaning outside linking
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    date TEXT,
    first_day TEXT,
    last_day TEXT,
    date_basis TEXT,
    date_because TEXT NOT NULL,
    duration TEXT,
    place TEXT,
    country TEXT,
    forum TEXT,
    level TEXT,
    format TEXT,
    number INTEGER,                 -- of the round
    part_of TEXT,                   -- id of another mention in the report
    topics TEXT NOT NULL,
    confidence REAL NOT NULL,
    because TEXT NOT NULL,
    sides TEXT NOT NULL,
    who TEXT NOT NULL,
    evidence TEXT NOT NULL,         -- the words of its passages
    UNIQUE (report, id)
);
CREATE INDEX mentions_by_component ON mentions (component);
CREATE INDEX mentions_by_encounter ON mentions (encounter);
CREATE INDEX mentions_by_day ON mentions (first_day, last_day);

CREATE TABLE mention_participants (
    -- Who took part, as the report has it.
    mention INTEGER NOT NULL REFERENCES mentions (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    represents TEXT,
    role TEXT,
    actor TEXT,
    office TEXT,
    PRIMARY KEY (mention, position)
) WITHOUT ROWID;
CREATE INDEX mention_participants_by_name ON mention_participants (name);
CREATE INDEX mention_participants_by_actor ON mention_participants (actor) WHERE actor IS NOT NULL;

CREATE TABLE statements (
    -- What speakers are reported to have said.
    n INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,               -- in the report
    speaker TEXT,
    represents TEXT,
    addressee TEXT,
    mode TEXT NOT NULL,             -- direct, indirect or mixed
    act TEXT NOT NULL,
    about TEXT,
    said TEXT NOT NULL,             -- the words
    at TEXT,                        -- id of the mention in the report at which it was said
    date TEXT,
    first_day TEXT,
    last_day TEXT,
    day TEXT,                       -- first_day, or the day of the report
    date_basis TEXT,
    relayed_by TEXT,
    confidence REAL NOT NULL,
    because TEXT NOT NULL,
    UNIQUE (report, id)
);
CREATE INDEX statements_by_day ON statements (day IS NULL, day);

CREATE TABLE statement_speakers (
    -- Joint speakers one by one.
    statement INTEGER NOT NULL REFERENCES statements (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    represents TEXT,
    role TEXT,
    actor TEXT,
    office TEXT,
    PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE INDEX statement_speakers_by_name ON statement_speakers (name);
CREATE INDEX statement_speakers_by_actor ON statement_speakers (actor) WHERE actor IS NOT NULL;
CREATE INDEX statement_speakers_by_side ON statement_speakers (represents) WHERE represents IS NOT NULL;

CREATE TABLE passages (
    -- The words on which every mention and statement rests: reports.text from start to end.
    n INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    mention INTEGER REFERENCES mentions (n) ON DELETE CASCADE,
    statement INTEGER REFERENCES statements (n) ON DELETE CASCADE,
    role TEXT NOT NULL,             -- evidence, content, cue or speaker
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    CHECK ((mention IS NULL) <> (statement IS NULL))
);
CREATE INDEX passages_by_report ON passages (report);
CREATE INDEX passages_by_mention ON passages (mention) WHERE mention IS NOT NULL;
CREATE INDEX passages_by_statement ON passages (statement) WHERE statement IS NOT NULL;

CREATE TABLE names (
    -- Every name that an actor goes by in the record, for finding actors by parts of their names.
    name TEXT NOT NULL,
    actor TEXT NOT NULL,            -- id in the authority file, empty for an actor it does not know
    PRIMARY KEY (name, actor)
) WITHOUT ROWID;
CREATE TRIGGER mention_names AFTER INSERT ON mention_participants BEGIN
    INSERT OR IGNORE INTO names (name, actor) VALUES (new.name, coalesce(new.actor, ''));
END;
CREATE TRIGGER encounter_names AFTER INSERT ON encounter_participants BEGIN
    INSERT OR IGNORE INTO names (name, actor) VALUES (new.name, coalesce(new.actor, ''));
END;
CREATE TRIGGER statement_names AFTER INSERT ON statement_speakers BEGIN
    INSERT OR IGNORE INTO names (name, actor) VALUES (new.name, coalesce(new.actor, ''));
END;

CREATE TABLE times (
    -- Expressions of time and what they mean.
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    timex TEXT,
    basis TEXT,
    because TEXT NOT NULL,
    candidates TEXT NOT NULL,
    approximate INTEGER NOT NULL,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE abstentions (
    -- Sentences that look diplomatic but gave no record, and why.
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE encounter_life (
    -- Plan and outcome: each status with the day it was told for and the report that told it, in time order.
    encounter INTEGER NOT NULL REFERENCES encounters (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    status TEXT NOT NULL,
    date TEXT,
    published TEXT,
    report TEXT NOT NULL,           -- id of the report
    mention TEXT NOT NULL,          -- id of the mention in it
    PRIMARY KEY (encounter, position)
) WITHOUT ROWID;

CREATE TABLE disagreements (
    -- Fields of an encounter on which reports cannot both be right.
    n INTEGER PRIMARY KEY,
    encounter INTEGER NOT NULL REFERENCES encounters (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    because TEXT NOT NULL,
    UNIQUE (encounter, position)
);

CREATE TABLE disagreement_values (
    -- What each report says about the field.
    n INTEGER PRIMARY KEY,
    disagreement INTEGER NOT NULL REFERENCES disagreements (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    mention TEXT NOT NULL,          -- id of the mention in the report
    UNIQUE (disagreement, position)
);
CREATE INDEX disagreement_values_by_report ON disagreement_values (report);

CREATE TABLE disagreement_passages (
    -- The words with which it says so: reports.text from start to end.
    value INTEGER NOT NULL REFERENCES disagreement_values (n) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (value, position)
) WITHOUT ROWID;

CREATE TABLE near_copies (
    -- Pairs of reports that are one text.
    a INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    containment REAL NOT NULL,      -- share of the shorter one's words that the longer one holds
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX near_copies_by_b ON near_copies (b);

CREATE TABLE copy_bands (
    -- For finding near copies of a new report without comparing it with all.
    band INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    PRIMARY KEY (band, report)
) WITHOUT ROWID;
CREATE INDEX copy_bands_by_report ON copy_bands (report);

CREATE TABLE blocking_keys (
    -- Mentions that share a key may be the same encounter; the others are never compared.
    key TEXT NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions (n) ON DELETE CASCADE,
    PRIMARY KEY (key, mention)
) WITHOUT ROWID;
CREATE INDEX blocking_keys_by_mention ON blocking_keys (mention);

CREATE TABLE judgements (
    -- An analyst's decisions, kept apart from what the machine found.
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL,             -- UTC
    who TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'accept', 'reject', 'edit')),
    subject TEXT NOT NULL,          -- what it is about: reports, passages and words, JSON
    field TEXT,
    value TEXT,
    why TEXT NOT NULL,
    withdrawn TEXT                  -- UTC; NULL while it holds
);

-- Full text: stemmed English words without accents. The rows are those of the content tables.
CREATE VIRTUAL TABLE reports_fts USING fts5 (
    title, text, content = 'reports', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE mentions_fts USING fts5 (
    who, place, forum, topics, evidence,
    content = 'mentions', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statements_fts USING fts5 (
    speaker, addressee, about, said,
    content = 'statements', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER reports_in AFTER INSERT ON reports BEGIN
    INSERT INTO reports_fts (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER reports_out AFTER DELETE ON reports BEGIN
    INSERT INTO reports_fts (reports_fts, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
CREATE TRIGGER mentions_in AFTER INSERT ON mentions BEGIN
    INSERT INTO mentions_fts (rowid, who, place, forum, topics, evidence)
    VALUES (new.n, new.who, new.place, new.forum, new.topics, new.evidence);
END;
CREATE TRIGGER mentions_out AFTER DELETE ON mentions BEGIN
    INSERT INTO mentions_fts (mentions_fts, rowid, who, place, forum, topics, evidence)
    VALUES ('delete', old.n, old.who, old.place, old.forum, old.topics, old.evidence);
END;
CREATE TRIGGER statements_in AFTER INSERT ON statements BEGIN
    INSERT INTO statements_fts (rowid, speaker, addressee, about, said)
    VALUES (new.n, new.speaker, new.addressee, new.about, new.said);
END;
CREATE TRIGGER statements_out AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts (statements_fts, rowid, speaker, addressee, about, said)
    VALUES ('delete', old.n, old.speaker, old.addressee, old.about, old.said);
END;

-- Views: the record as people read it.
CREATE VIEW timeline AS
    -- Encounters, each counted once, by date.
    SELECT e.date, e.kind, e.status, e.sides, e.who, e.place, e.country, e.forum, e.duration, e.topics, e.reports,
        e.origins, (SELECT count(*) FROM disagreements d WHERE d.encounter = e.n) AS disagreements,
        (SELECT p.words FROM mentions m JOIN passages p ON p.mention = m.n
            WHERE m.encounter = e.n ORDER BY m.n, p.position LIMIT 1) AS words,
        e.date_basis, e.first_day, e.last_day, e.part_of, e.confidence, e.gid
    FROM encounters e ORDER BY e.first_day IS NULL, e.first_day, e.last_day, e.gid;

CREATE VIEW plans AS
    -- Encounters that are proposed or scheduled and not known to have taken place.
    SELECT e.date, e.kind, e.status, e.sides, e.who, e.place, e.forum, e.reports, e.origins, e.last_day, e.gid
    FROM encounters e WHERE e.status IN ('proposed', 'scheduled') ORDER BY e.first_day IS NULL, e.first_day, e.gid;

CREATE VIEW mention_list AS
    -- Encounters as each report tells them, with the words.
    SELECT r.id AS report, m.id, r.outlet, r.published, m.date, m.kind, m.status, m.sides, m.who, m.place, m.forum,
        m.evidence AS words, m.date_basis, m.date_because, m.confidence, e.gid
    FROM mentions m JOIN reports r ON r.n = m.report LEFT JOIN encounters e ON e.n = m.encounter;

CREATE VIEW statement_list AS
    -- Who said what, with the words.
    SELECT r.id AS report, s.id, r.outlet, r.published, coalesce(s.date, r.published) AS day, s.speaker, s.represents,
        s.act, s.mode, s.said AS words, s.about, s.addressee, s.relayed_by, s.confidence, e.gid AS at
    FROM statements s JOIN reports r ON r.n = s.report
    LEFT JOIN mentions m ON m.report = s.report AND m.id = s.at LEFT JOIN encounters e ON e.n = m.encounter;

CREATE VIEW disagreement_list AS
    -- What each report says where reports part.
    SELECT e.gid, d.field, v.value, r.id AS report, r.outlet, r.published, e.kind, e.date, e.who,
        (SELECT group_concat(p.words, ' … ') FROM disagreement_passages p WHERE p.value = v.n) AS words, d.because
    FROM disagreements d JOIN encounters e ON e.n = d.encounter
    JOIN disagreement_values v ON v.disagreement = d.n JOIN reports r ON r.n = v.report;

CREATE VIEW report_list AS
    -- The reports without their texts.
    SELECT r.id, r.published, r.published_basis, r.outlet, r.title, r.url, r.language, r.origin,
        (SELECT count(*) FROM mentions m WHERE m.report = r.n) AS mentions,
        (SELECT count(*) FROM statements s WHERE s.report = r.n) AS statements, r.set_aside, r.published_because
    FROM reports r ORDER BY r.published_first IS NULL, r.published_first, r.id;
