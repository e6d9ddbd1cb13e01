"""The seeds' database, version by version; `database` brings a file to the newest."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE seeds (
        number INTEGER PRIMARY KEY,
        seed BLOB NOT NULL,         -- 8 bytes, big end first: sorts as 64 bits without a sign
        generator TEXT NOT NULL,
        met TEXT NOT NULL,          -- when it was last tried, or first noted; ISO 8601 in UTC
        star INTEGER NOT NULL DEFAULT 0 CHECK (star IN (0, 1)),
        name TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        UNIQUE (seed, generator)
    ) STRICT;
    CREATE INDEX seeds_met ON seeds (met);
    CREATE INDEX seeds_noted ON seeds (number) WHERE star OR name != '' OR note != '';
    -- How seeds were tried: recipes without their seed, each once.
    CREATE TABLE recipes (
        number INTEGER PRIMARY KEY,
        likeness TEXT NOT NULL UNIQUE,
        fingerprint TEXT NOT NULL, model TEXT NOT NULL, sampler TEXT NOT NULL,
        steps INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
        template TEXT NOT NULL      -- with seed 0, as canonical JSON
    ) STRICT;
    CREATE INDEX recipes_fingerprint ON recipes (fingerprint);
    CREATE TABLE sheets (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        opened TEXT NOT NULL,
        recipe INTEGER NOT NULL REFERENCES recipes,  -- of its finished pictures
        plan TEXT NOT NULL          -- as canonical JSON; its name is the one above
    ) STRICT;
    CREATE TABLE trials (
        number INTEGER PRIMARY KEY,
        seed INTEGER NOT NULL REFERENCES seeds,
        recipe INTEGER NOT NULL REFERENCES recipes,
        met TEXT NOT NULL,
        done INTEGER NOT NULL, total INTEGER NOT NULL,
        verdict INTEGER NOT NULL DEFAULT 0 CHECK (verdict BETWEEN -1 AND 1),
        sheet INTEGER REFERENCES sheets, place INTEGER,  -- where it is a tile, if anywhere
        picture TEXT                -- the saved picture's id
    ) STRICT;
    CREATE UNIQUE INDEX trials_place ON trials (sheet, place) WHERE sheet IS NOT NULL;
    CREATE INDEX trials_counts ON trials (sheet, verdict, done, picture);
    CREATE INDEX trials_seed ON trials (seed, recipe);
    CREATE INDEX trials_recipe ON trials (recipe, seed);
    CREATE INDEX trials_verdict ON trials (verdict, seed);
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE seed_words USING fts5 (
        name, note, content = '', contentless_delete = 1, prefix = '1 2 3',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE VIRTUAL TABLE recipe_words USING fts5 (
        model, content = '', contentless_delete = 1, prefix = '1 2 3',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE VIRTUAL TABLE sheet_words USING fts5 (
        sheet, content = '', contentless_delete = 1, prefix = '1 2 3',
        tokenize = 'unicode61 remove_diacritics 2'
    );
    -- Most seeds have no words, and take no room among them.
    CREATE TRIGGER seeds_worded AFTER UPDATE OF name, note ON seeds BEGIN
        DELETE FROM seed_words WHERE rowid = old.number;
        INSERT INTO seed_words (rowid, name, note)
            SELECT new.number, new.name, new.note WHERE new.name != '' OR new.note != '';
    END;
    CREATE TRIGGER seeds_forgotten AFTER DELETE ON seeds BEGIN
        DELETE FROM seed_words WHERE rowid = old.number;
    END;
    CREATE TRIGGER recipes_worded AFTER INSERT ON recipes BEGIN
        INSERT INTO recipe_words (rowid, model) VALUES (new.number, new.model);
    END;
    CREATE TRIGGER sheets_worded AFTER INSERT ON sheets BEGIN
        INSERT INTO sheet_words (rowid, sheet) VALUES (new.number, new.name);
    END;
    CREATE TRIGGER sheets_renamed AFTER UPDATE OF name ON sheets BEGIN
        DELETE FROM sheet_words WHERE rowid = old.number;
        INSERT INTO sheet_words (rowid, sheet) VALUES (new.number, new.name);
    END;
    CREATE TRIGGER sheets_removed AFTER DELETE ON sheets BEGIN
        DELETE FROM sheet_words WHERE rowid = old.number;
    END;
    """,
)
VERSION = len(MIGRATIONS)
