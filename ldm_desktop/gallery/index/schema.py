"""The gallery's database, version by version; `database` brings a file to the newest."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE pictures (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- given once: windows name pictures by it
        id TEXT NOT NULL UNIQUE,
        file BLOB NOT NULL UNIQUE,  -- os.fsencode of the path in the library, with slashes
        size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        bytes TEXT NOT NULL, pixels TEXT NOT NULL, look INTEGER NOT NULL,
        state TEXT NOT NULL, trashed TEXT NOT NULL DEFAULT '',
        width INTEGER NOT NULL, height INTEGER NOT NULL,
        origin TEXT NOT NULL,
        created TEXT NOT NULL,      -- ISO 8601 in UTC, so that text sorts as time
        day TEXT NOT NULL,          -- the day here, as the folder's name
        seconds REAL,
        seed BLOB,                  -- 8 bytes, big end first: sorts as 64 bits without a sign
        model TEXT NOT NULL, fingerprint TEXT NOT NULL,
        sampler TEXT NOT NULL, steps INTEGER, eta REAL, precision TEXT NOT NULL,
        noise TEXT NOT NULL,        -- its kind: seed, mix, rotate, region; or nothing
        step INTEGER,               -- at which it left its parent
        recipe_id TEXT NOT NULL,    -- equal for equal recipes
        likeness TEXT NOT NULL,     -- equal for recipes that differ in their seed alone
        rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
        flag INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN -1 AND 1),
        label TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        revision INTEGER NOT NULL DEFAULT 0,   -- counts a person's changes
        written INTEGER NOT NULL DEFAULT 0,    -- the revision that is in the sidecar
        sidecar_hash TEXT NOT NULL DEFAULT '', -- of the sidecar as last seen: SHA-256
        -- Long ones stand last, so that what is asked for often is on the row's first page.
        recipe TEXT NOT NULL, environment TEXT NOT NULL, settings TEXT NOT NULL
    ) STRICT;
    CREATE INDEX pictures_created ON pictures (created, number, state);
    -- What is searched and sorted by, so that a search need not read whole rows.
    CREATE INDEX pictures_facts ON pictures (
        state, day, model, sampler, steps, eta, width, height, precision, noise, step, origin,
        seconds, size, rating, flag, label
    );
    CREATE INDEX pictures_note ON pictures (note) WHERE note != '';
    CREATE INDEX pictures_look ON pictures (look);
    CREATE INDEX pictures_seed ON pictures (seed);
    CREATE INDEX pictures_rating ON pictures (rating, created) WHERE rating > 0;
    CREATE INDEX pictures_flag ON pictures (flag, created) WHERE flag != 0;
    CREATE INDEX pictures_pixels ON pictures (pixels);
    CREATE INDEX pictures_bytes ON pictures (bytes);
    CREATE INDEX pictures_likeness ON pictures (likeness);
    CREATE INDEX pictures_unwritten ON pictures (number) WHERE revision != written;
    CREATE TABLE parents (
        child INTEGER NOT NULL REFERENCES pictures ON DELETE CASCADE,
        place INTEGER NOT NULL, parent TEXT NOT NULL,
        PRIMARY KEY (child, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX parents_parent ON parents (parent);
    CREATE TABLE tags (
        tag TEXT NOT NULL, picture INTEGER NOT NULL REFERENCES pictures ON DELETE CASCADE,
        PRIMARY KEY (tag, picture)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_picture ON tags (picture);
    CREATE TABLE albums (
        name TEXT PRIMARY KEY,
        query TEXT                  -- a smart album's; NULL for one that is filled by hand
    ) STRICT;
    CREATE TABLE album_pictures (
        album TEXT NOT NULL REFERENCES albums ON UPDATE CASCADE ON DELETE CASCADE,
        picture INTEGER NOT NULL REFERENCES pictures ON DELETE CASCADE,
        PRIMARY KEY (album, picture)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX album_pictures_picture ON album_pictures (picture);
    -- More files of a picture that has a row, and files that are no pictures we can use.
    CREATE TABLE others (
        file BLOB PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        picture INTEGER REFERENCES pictures ON DELETE CASCADE,  -- of which it is a copy
        reason TEXT NOT NULL
    ) STRICT;
    -- What was said of pictures whose rows are gone, should their files come back.
    CREATE TABLE remembered (
        id TEXT PRIMARY KEY, pixels TEXT NOT NULL, annotation TEXT NOT NULL
    ) STRICT;
    CREATE INDEX remembered_pixels ON remembered (pixels);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE words USING fts5 (
        file, model, sampler, tags, albums, note, settings,
        content = '', contentless_delete = 1, prefix = '1 2 3',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    """,
)
VERSION = len(MIGRATIONS)
