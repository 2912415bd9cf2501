-- The second schema: days that reports give each other, kept apart from what each report says by itself.

CREATE TABLE inferred_dates (
    -- Days that mentions are given by other reports of their encounter, with the words that tell the day.
    mention INTEGER PRIMARY KEY REFERENCES mentions (n) ON DELETE CASCADE,
    date TEXT NOT NULL,
    because TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,   -- the report that tells the day
    told_as TEXT NOT NULL,          -- id of the mention in that report
    start INTEGER NOT NULL,         -- where that report's text has the words
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX inferred_dates_by_report ON inferred_dates (report);

CREATE TABLE seekers (
    -- Reports that leave their own day open, and what the encounters that they share with dated reports say of it.
    report INTEGER PRIMARY KEY REFERENCES reports (n) ON DELETE CASCADE,
    own BLOB NOT NULL,              -- the mentions and the day that the report has by itself, msgpack
    bounds TEXT NOT NULL,           -- first day, last day and reason of each bound, JSON
    settled TEXT NOT NULL,          -- the bounds with which the report's findings were worked out
    stale INTEGER NOT NULL          -- 1 where reports came or went since that may bound it
);
CREATE INDEX seekers_waiting ON seekers (report) WHERE bounds <> settled;
CREATE INDEX seekers_stale ON seekers (report) WHERE stale;

CREATE TABLE seeker_keys (
    -- For finding, without looking through the record, the mentions that can date a report.
    key TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES seekers (report) ON DELETE CASCADE,
    PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE INDEX seeker_keys_by_report ON seeker_keys (report);

CREATE TABLE anchor_keys (
    -- For finding, without looking through the record, the reports that a mention with a known day can date.
    key TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    mention TEXT NOT NULL,          -- id in the report as it is by itself
    PRIMARY KEY (key, report, mention)
) WITHOUT ROWID;
CREATE INDEX anchor_keys_by_report ON anchor_keys (report);

-- A record of the first schema has none of this yet; whoever writes to it next works it out.
INSERT INTO meta (key, value) SELECT 'days to share', 'all' WHERE EXISTS (SELECT 1 FROM reports);

DROP VIEW mention_list;
CREATE VIEW mention_list AS
    -- Encounters as each report tells them, with the words; days inferred from other reports where it gives none.
    SELECT r.id AS report, m.id, r.outlet, r.published, coalesce(i.date, m.date) AS date, m.kind, m.status, m.sides,
        m.who, m.place, m.forum, m.evidence AS words, iif(i.date IS NULL, m.date_basis, 'inferred') AS date_basis,
        coalesce(i.because, m.date_because) AS date_because, m.confidence, e.gid
    FROM mentions m JOIN reports r ON r.n = m.report LEFT JOIN encounters e ON e.n = m.encounter
    LEFT JOIN inferred_dates i ON i.mention = m.n;
