extension Migration {
    /// The first schema.
    ///
    /// Times are milliseconds since 1970, ids 24 hexadecimal digits, hashes SHA-256 bytes. Facts that must agree share a row: all
    /// of a grant is in `grants`, its last use included. No index covers a column that a refresh changes, so a refresh
    /// writes one page.
    static let initial = Migration(
        number: 1,
        sql: """
            CREATE TABLE accounts (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                email TEXT UNIQUE CHECK (length(email) <= 254),
                name TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('active', 'disabled', 'closed')),
                password_hash TEXT,
                created_at INTEGER NOT NULL,
                -- What a closed account had is erased; any other has it.
                CHECK ((state = 'closed') = (email IS NULL)),
                CHECK ((state = 'closed') = (password_hash IS NULL))
            ) STRICT;
            CREATE INDEX accounts_by_age ON accounts (created_at, id);

            CREATE TABLE organizations (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                name TEXT NOT NULL,
                owner_id TEXT NOT NULL REFERENCES accounts (id),
                created_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX organizations_of_owner ON organizations (owner_id, created_at, id);

            CREATE TABLE sessions (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                account_id TEXT NOT NULL REFERENCES accounts (id),
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                authenticated_at INTEGER NOT NULL,
                last_seen_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                address TEXT NOT NULL,
                user_agent TEXT NOT NULL
            ) STRICT;
            CREATE INDEX sessions_of_account ON sessions (account_id);

            CREATE TABLE api_keys (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                account_id TEXT NOT NULL REFERENCES accounts (id),
                name TEXT NOT NULL,
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                last_four TEXT NOT NULL CHECK (length(last_four) <= 4),
                scopes TEXT,
                created_at INTEGER NOT NULL,
                expires_at INTEGER,
                last_used_at INTEGER,
                -- May name a key that is deleted by now.
                rotated_from TEXT
            ) STRICT;
            CREATE INDEX api_keys_of_account ON api_keys (account_id, created_at, id);

            CREATE TABLE clients (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                owner_id TEXT NOT NULL REFERENCES accounts (id),
                name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('public', 'confidential')),
                -- One a line: no redirect URI holds a line break.
                redirect_uris TEXT NOT NULL,
                website TEXT,
                description TEXT,
                logo_url TEXT,
                scopes TEXT,
                is_dynamic INTEGER NOT NULL CHECK (is_dynamic IN (0, 1)),
                created_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX clients_of_owner ON clients (owner_id, created_at, id);
            CREATE INDEX clients_by_age ON clients (created_at, id);

            CREATE TABLE client_secrets (
                number INTEGER PRIMARY KEY,
                client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                created_at INTEGER NOT NULL,
                expires_at INTEGER
            ) STRICT;
            CREATE INDEX client_secrets_of_client ON client_secrets (client_id);

            -- Forms whose effect was kept, so that sending one again has none.
            CREATE TABLE forms (
                id TEXT NOT NULL PRIMARY KEY,
                at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX forms_by_age ON forms (at);

            CREATE TABLE grants (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                account_id TEXT NOT NULL REFERENCES accounts (id),
                -- May name a client that is deleted by now.
                client_id TEXT NOT NULL,
                decision TEXT NOT NULL UNIQUE,
                scopes TEXT NOT NULL,
                is_offline INTEGER NOT NULL CHECK (is_offline IN (0, 1)),
                redirect_uri TEXT NOT NULL,
                challenge TEXT NOT NULL,
                salt BLOB NOT NULL CHECK (length(salt) = 16),
                authenticated_at INTEGER NOT NULL,
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL,
                code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
                code_expires_at INTEGER NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
                generation INTEGER NOT NULL CHECK (generation BETWEEN 0 AND 4294967295),
                activated_at INTEGER,
                last_used_at INTEGER,
                last_address TEXT,
                last_user_agent TEXT,
                last_request_id TEXT,
                idle_expires_at INTEGER,
                wrong_verifiers INTEGER NOT NULL DEFAULT 0,
                revocation TEXT,
                revoked_at INTEGER,
                CHECK (state <> 'pending' OR (generation = 0 AND activated_at IS NULL)),
                CHECK (state <> 'active' OR (generation >= 1 AND activated_at IS NOT NULL AND last_used_at IS NOT NULL)),
                CHECK ((state = 'revoked') = (revocation IS NOT NULL)),
                CHECK ((state = 'revoked') = (revoked_at IS NOT NULL)),
                CHECK (idle_expires_at IS NULL OR (is_offline = 1 AND idle_expires_at <= expires_at))
            ) STRICT;
            CREATE INDEX grants_of_account ON grants (account_id, created_at, id);
            CREATE INDEX grants_of_client ON grants (client_id, created_at, id);
            CREATE INDEX grants_by_age ON grants (created_at, id);
            CREATE INDEX grants_pending ON grants (code_expires_at) WHERE state = 'pending';
            CREATE INDEX grants_revoked ON grants (revoked_at) WHERE state = 'revoked';

            CREATE TABLE changes (
                -- Never given twice, even after the newest one was swept.
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX changes_by_age ON changes (at);

            CREATE TABLE audit_events (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL,
                at INTEGER NOT NULL,
                account_id TEXT,
                client_id TEXT,
                subject TEXT,
                address TEXT NOT NULL,
                user_agent TEXT NOT NULL,
                request_id TEXT NOT NULL,
                -- A list of [name, value].
                details TEXT NOT NULL CHECK (json_valid(details))
            ) STRICT;
            CREATE INDEX audit_events_of_account ON audit_events (account_id, sequence);
            CREATE INDEX audit_events_of_request ON audit_events (request_id);
            CREATE TRIGGER audit_events_unchanged BEFORE UPDATE ON audit_events
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
            CREATE TRIGGER audit_events_kept BEFORE DELETE ON audit_events
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

            -- REPLACE deletes without asking the trigger above.
            CREATE TRIGGER audit_events_once BEFORE INSERT ON audit_events
            WHEN EXISTS (SELECT 1 FROM audit_events WHERE sequence = NEW.sequence)
            BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

            CREATE TABLE signing_keys (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                key_id TEXT NOT NULL UNIQUE,
                algorithm TEXT NOT NULL,
                sealed BLOB NOT NULL,
                created_at INTEGER NOT NULL,
                activates_at INTEGER NOT NULL,
                retires_at INTEGER
            ) STRICT;

            CREATE TABLE sealed_values (
                name TEXT NOT NULL PRIMARY KEY,
                value BLOB NOT NULL
            ) STRICT;
            """)
}
