package catalog

import (
	"database/sql"
	"fmt"
)

// applicationID marks the database as one of marsa ("mars" in ASCII).
const applicationID = 0x6d617273

// migrations brings a catalog from version i to version i+1. A step that stood
// in a release is never edited.
//
//	1  documents, pages, tags, originals, origins, failures, removed, runs
//	2  how sure text recognition was of a page
//	3  running heads and feet of a page, in JSON
//	4  pages that are not complete are found without the others
//	5  abstracts of documents, in JSON
//	6  notes to pages, in JSON
var migrations = []string{
	`
CREATE TABLE documents (
	id         TEXT PRIMARY KEY,
	work       TEXT NOT NULL,
	rev        TEXT NOT NULL,
	title      TEXT NOT NULL,
	lang       TEXT NOT NULL,
	publisher  TEXT NOT NULL,
	issued     TEXT NOT NULL,
	kind       TEXT NOT NULL,
	state      TEXT NOT NULL,
	licence    TEXT NOT NULL,
	notice     TEXT NOT NULL,
	original   TEXT NOT NULL, -- hash of the file that the text is from
	num_pages  INTEGER NOT NULL,
	languages  TEXT NOT NULL, -- these and the following: JSON
	authors    TEXT NOT NULL,
	outline    TEXT NOT NULL,
	source     TEXT NOT NULL,
	warnings   TEXT NOT NULL,
	links      TEXT NOT NULL, -- addresses that the record gives, before those where it was found
	added      TEXT NOT NULL,
	changed    TEXT NOT NULL
) STRICT;
CREATE INDEX documents_work ON documents (work);
CREATE INDEX documents_original ON documents (original);

-- The long columns stand last, so that lists do not read them.
CREATE TABLE pages (
	document  TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
	number    INTEGER NOT NULL,
	label     TEXT NOT NULL,
	lang      TEXT NOT NULL,
	state     TEXT NOT NULL,
	engine    TEXT NOT NULL,
	agreement REAL NOT NULL,
	reason    TEXT NOT NULL,
	opening   TEXT NOT NULL,
	text      TEXT NOT NULL,
	boxes     BLOB NOT NULL,
	PRIMARY KEY (document, number)
) STRICT;

CREATE TABLE tags (
	document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
	position INTEGER NOT NULL,
	concept  TEXT NOT NULL,
	role     TEXT NOT NULL,
	weight   REAL NOT NULL,
	rule     TEXT NOT NULL,
	given_by TEXT NOT NULL,
	state    TEXT NOT NULL,
	evidence TEXT NOT NULL, -- JSON
	PRIMARY KEY (document, position)
) STRICT;
CREATE INDEX tags_concept ON tags (concept, role);

-- Every file a document was ever read from; documents.original says which is the present one.
CREATE TABLE originals (
	document   TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
	hash       TEXT NOT NULL,
	name       TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size       INTEGER NOT NULL,
	taken      TEXT NOT NULL,
	PRIMARY KEY (document, hash)
) STRICT;
CREATE INDEX originals_hash ON originals (hash);

CREATE TABLE origins (
	position      INTEGER PRIMARY KEY,
	url           TEXT NOT NULL UNIQUE,
	document      TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
	hash          TEXT NOT NULL, -- of the bytes last found there
	recipe        TEXT NOT NULL, -- of everything else that the document was made from
	etag          TEXT NOT NULL,
	last_modified TEXT NOT NULL,
	seen          TEXT NOT NULL
) STRICT;
CREATE INDEX origins_document ON origins (document);

CREATE TABLE failures (
	origin  TEXT PRIMARY KEY,
	reason  TEXT NOT NULL,
	message TEXT NOT NULL,
	hash    TEXT NOT NULL,
	time    TEXT NOT NULL
) STRICT;

CREATE TABLE removed (
	id     TEXT PRIMARY KEY,
	title  TEXT NOT NULL,
	reason TEXT NOT NULL,
	time   TEXT NOT NULL
) STRICT;
CREATE TABLE removed_marks ( -- a mark is a hash or an origin that is not taken in again
	mark     TEXT PRIMARY KEY,
	document TEXT NOT NULL REFERENCES removed ON DELETE CASCADE
) STRICT;

CREATE TABLE runs (
	position INTEGER PRIMARY KEY,
	source   TEXT NOT NULL,
	started  TEXT NOT NULL,
	finished TEXT NOT NULL,
	counts   TEXT NOT NULL -- JSON
) STRICT;
`,
	`ALTER TABLE pages ADD COLUMN confidence REAL NOT NULL DEFAULT 0`,
	`ALTER TABLE pages ADD COLUMN running TEXT NOT NULL DEFAULT 'null'`,
	`CREATE INDEX pages_doubtful ON pages (document, number, label, state, reason, engine) WHERE state <> 'complete'`,
	`ALTER TABLE documents ADD COLUMN abstracts TEXT NOT NULL DEFAULT 'null'`,
	`ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT 'null'`,
}

// migrate brings the database to version len(steps), each step in a transaction
// of its own together with its number.
func migrate(db *sql.DB, steps []string) error {
	version, err := schemaVersion(db)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return fmt.Errorf("%w: its version is %d and this program knows %d: use the newer marsa, or choose another data directory with --data-dir",
			ErrNewer, version, len(steps))
	}
	for v := version; v < len(steps); v++ {
		if err := step(db, steps[v], v+1); err != nil {
			return fmt.Errorf("bring catalog from version %d to %d: %w", v, v+1, err)
		}
	}
	return nil
}

// schemaVersion reads the version of the database, 0 when it is empty.
func schemaVersion(db *sql.DB) (int, error) {
	var app, version, tables int
	if err := db.QueryRow(`PRAGMA application_id`).Scan(&app); err != nil {
		return 0, err
	}
	if err := db.QueryRow(`PRAGMA user_version`).Scan(&version); err != nil {
		return 0, err
	}
	if err := db.QueryRow(`SELECT count(*) FROM sqlite_master`).Scan(&tables); err != nil {
		return 0, err
	}
	if app != applicationID && (app != 0 || tables > 0) {
		return 0, fmt.Errorf("%w: move it away, or choose another data directory with --data-dir", ErrForeign)
	}
	return version, nil
}

func step(db *sql.DB, statements string, version int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	numbers := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d;", version, applicationID)
	if _, err := tx.Exec(statements + ";\n" + numbers); err != nil {
		return err
	}
	return tx.Commit()
}
