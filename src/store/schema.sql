CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The rules, and the program, by which documents were read.
CREATE TABLE rules (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    program TEXT NOT NULL
);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL UNIQUE,
    outlet TEXT,
    title TEXT,
    author TEXT,
    url TEXT,
    published TEXT,
    modified TEXT,
    language TEXT,
    credit TEXT,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    line INTEGER,
    sha256 TEXT NOT NULL,
    -- The article as it came in, before its text was asked: a JSON object.
    given TEXT NOT NULL,
    -- The rules that its claims were read by.
    rules INTEGER NOT NULL REFERENCES rules (id),
    -- 1 if the lines of its claims say all that is known of them; otherwise its text is read each time.
    whole INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documents_in_order ON documents (published, document);
CREATE INDEX documents_by_text ON documents (sha256);
CREATE INDEX documents_by_outlet ON documents (outlet);
CREATE INDEX documents_by_url ON documents (url);
CREATE INDEX documents_by_rules ON documents (rules);

-- Documents whose claims are not put together with those of the others yet.
CREATE TABLE unsettled (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    -- 1 if it was found to reach so far that all would have to be compared anew.
    far INTEGER NOT NULL DEFAULT 0
);

-- Documents that are one article, published again with changes; each with the first of them in order.
CREATE TABLE versions (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    first INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX versions_by_first ON versions (first);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    first_day TEXT,
    last_day TEXT,
    places TEXT NOT NULL,
    actors TEXT NOT NULL,
    incidents TEXT NOT NULL
);

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    -- Its place among those of its document.
    number INTEGER NOT NULL,
    event INTEGER REFERENCES events (id) ON DELETE SET NULL,
    -- The byte of its sentence at which its quote begins.
    quote_at INTEGER NOT NULL,
    -- As it is printed, but for the event.
    line TEXT NOT NULL,
    claim TEXT AS (line ->> '$.id') STORED,
    kind TEXT AS (line ->> '$.kind') STORED,
    outcome TEXT AS (line ->> '$.outcome') STORED,
    words TEXT AS (line ->> '$.count.text') STORED,
    value INTEGER AS (line ->> '$.count.value') STORED,
    low INTEGER AS (line ->> '$.count.low') STORED,
    high INTEGER AS (line ->> '$.count.high') STORED,
    class TEXT AS (line ->> '$.victims.class') STORED,
    side TEXT AS (line ->> '$.victims.side') STORED,
    accused TEXT AS (line ->> '$.accused.text') STORED,
    speaker TEXT AS (line ->> '$.speaker.text') STORED,
    actor TEXT AS (line ->> '$.speaker.actor') STORED,
    certainty TEXT AS (line ->> '$.modality') STORED,
    first_day TEXT AS (line ->> '$.time[0]') STORED,
    last_day TEXT AS (line ->> '$.time[1]') STORED,
    "start" INTEGER AS (line ->> '$.start') STORED,
    "end" INTEGER AS (line ->> '$.end') STORED,
    rule TEXT AS (line ->> '$.rule') STORED,
    quote TEXT AS (line ->> '$.quote') STORED,
    sentence TEXT AS (line ->> '$.sentence') VIRTUAL,
    UNIQUE (document, number)
);
CREATE INDEX claims_by_event ON claims (event);
CREATE INDEX claims_by_id ON claims (claim);
CREATE INDEX claims_by_kind ON claims (kind, outcome);

CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    -- How grave the verdict is; the graver the higher.
    gravity INTEGER NOT NULL,
    severity REAL NOT NULL,
    -- As it is printed.
    line TEXT NOT NULL,
    finding TEXT NOT NULL AS (line ->> '$.id') STORED,
    kind TEXT AS (line ->> '$.kind') STORED,
    verdict TEXT AS (line ->> '$.verdict') STORED,
    question TEXT AS (line ->> '$.question') STORED
);
CREATE UNIQUE INDEX findings_by_id ON findings (finding);
CREATE INDEX findings_in_order ON findings (gravity DESC, severity DESC, finding);
CREATE INDEX findings_by_event ON findings (event);

CREATE TABLE positions (
    id INTEGER PRIMARY KEY,
    finding INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    low INTEGER,
    high INTEGER,
    articles INTEGER NOT NULL,
    UNIQUE (finding, number)
);

CREATE TABLE position_claims (
    position INTEGER NOT NULL REFERENCES positions (id) ON DELETE CASCADE,
    claim INTEGER NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    PRIMARY KEY (position, claim)
) WITHOUT ROWID;
CREATE INDEX position_claims_by_claim ON position_claims (claim);

-- What reviewers decided on findings and corrected in claims, in the order it was kept.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    about TEXT NOT NULL,
    verdict TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    "by" TEXT,
    "on" TEXT,
    -- As it stands in a file of decisions.
    entry TEXT NOT NULL
);

CREATE VIRTUAL TABLE documents_fts USING fts5 (title, text, content = 'documents', content_rowid = 'id');
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER documents_changed AFTER UPDATE OF title, text ON documents WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE claims_fts USING fts5 (quote, content = 'claims', content_rowid = 'id');
CREATE TRIGGER claims_added AFTER INSERT ON claims BEGIN
    INSERT INTO claims_fts (rowid, quote) VALUES (new.id, new.quote);
END;
CREATE TRIGGER claims_removed AFTER DELETE ON claims BEGIN
    INSERT INTO claims_fts (claims_fts, rowid, quote) VALUES ('delete', old.id, old.quote);
END;

CREATE VIEW figures AS
SELECT claims.claim, documents.document, documents.outlet, documents.published, events.event, events.label,
    claims.outcome, claims.words, claims.low, claims.high, claims.class, claims.side, claims.speaker, claims.certainty,
    claims.first_day, claims.last_day, claims.quote, claims.sentence
FROM claims
JOIN documents ON documents.id = claims.document
LEFT JOIN events ON events.id = claims.event
WHERE claims.kind IN ('casualty', 'strength');

CREATE VIEW contradictions AS
SELECT findings.finding, findings.severity, findings.question, events.label AS event, positions.number AS answer,
    positions.label AS says, documents.outlet, documents.published, claims.speaker, claims.quote, documents.document,
    claims.claim
FROM findings
JOIN events ON events.id = findings.event
JOIN positions ON positions.finding = findings.id
JOIN position_claims ON position_claims.position = positions.id
JOIN claims ON claims.id = position_claims.claim
JOIN documents ON documents.id = claims.document
WHERE findings.verdict = 'contradiction';

CREATE VIEW outlets AS
SELECT documents.outlet, count(*) AS documents, sum(claims) AS claims, min(published) AS first, max(published) AS last
FROM documents
LEFT JOIN (SELECT document, count(*) AS claims FROM claims GROUP BY document) AS of_document ON of_document.document = documents.id
GROUP BY documents.outlet;

CREATE VIEW printed_claims AS
SELECT claims.claim, documents.document,
    json_replace(claims.line, '$.event', events.event, '$.event_label', events.label) AS line
FROM claims
JOIN documents ON documents.id = claims.document
LEFT JOIN events ON events.id = claims.event
ORDER BY documents.published, documents.document, claims.number;

-- What the tables from here on hold is remembered so that one more article finds its events without all others being asked.

-- The parts of each event: what linking knows of what its documents say of it, and the claims of each.
CREATE TABLE trace_parts (
    event INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
    parts TEXT NOT NULL
);

-- By which names and in which days each event is found.
CREATE TABLE trace_found (
    name INTEGER NOT NULL,
    block INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (name, block, event)
) WITHOUT ROWID;
CREATE INDEX trace_found_by_event ON trace_found (event);

-- By which names and in which days its parts look for others.
CREATE TABLE trace_sought (
    name INTEGER NOT NULL,
    block INTEGER NOT NULL,
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (name, block, event)
) WITHOUT ROWID;
CREATE INDEX trace_sought_by_event ON trace_sought (event);

-- Telling words of sentences, and the documents that have them; of a common word only the first few.
CREATE TABLE trace_words (
    word INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    PRIMARY KEY (word, document)
) WITHOUT ROWID;
CREATE INDEX trace_words_by_document ON trace_words (document);

-- Names of actors, places and kinds of incident; spellings of one have one number.
CREATE TABLE trace_names (
    name TEXT PRIMARY KEY,
    begins TEXT NOT NULL,
    number INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX trace_names_by_beginning ON trace_names (begins, name);

-- Sentences that give claims; those of a family are one but for the numbers. One too short to be known again has none.
CREATE TABLE trace_sentences (
    id INTEGER PRIMARY KEY,
    rank INTEGER NOT NULL,
    -- Stands for its runs of words: sentences of one shape are copies of the same ones.
    shape INTEGER NOT NULL,
    family INTEGER,
    sentence TEXT NOT NULL
);
CREATE INDEX trace_sentences_by_rank ON trace_sentences (rank);
CREATE INDEX trace_sentences_by_family ON trace_sentences (family);

-- By which runs of words each is found.
CREATE TABLE trace_runs (
    run INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    sentence INTEGER NOT NULL REFERENCES trace_sentences (id),
    PRIMARY KEY (run, rank, sentence)
) WITHOUT ROWID;

-- The sentence of each claim.
CREATE TABLE trace_told (
    claim INTEGER PRIMARY KEY REFERENCES claims (id) ON DELETE CASCADE,
    sentence INTEGER NOT NULL REFERENCES trace_sentences (id)
);
CREATE INDEX trace_told_by_sentence ON trace_told (sentence);

-- The documents that have a sentence of each family, in their order; an undated one has a day after all others.
CREATE TABLE trace_carriers (
    family INTEGER NOT NULL,
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    -- Who publishes the outlet; none where no outlet is known.
    house TEXT,
    PRIMARY KEY (family, day, name)
) WITHOUT ROWID;
CREATE INDEX trace_carriers_by_house ON trace_carriers (family, house, day);
CREATE INDEX trace_carriers_by_name ON trace_carriers (family, house, name);
CREATE INDEX trace_carriers_by_document ON trace_carriers (document);
