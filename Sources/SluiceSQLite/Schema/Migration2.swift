extension Migration {
    /// Organizations have members, and people are invited to them.
    ///
    /// Who owns an organization moves from a column of it into its members' roles: one fact in one place. An index sees to it that
    /// there is never a second owner.
    static let memberships = Migration(
        number: 2,
        sql: """
            -- Whoever closed their account was alone in their organizations, which end with them from this schema on.
            DELETE FROM organizations WHERE owner_id IN (SELECT id FROM accounts WHERE state = 'closed');

            CREATE TABLE memberships (
                -- Orders what happened within one millisecond.
                number INTEGER PRIMARY KEY,
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                account_id TEXT NOT NULL REFERENCES accounts (id),
                role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'contributor')),
                joined_at INTEGER NOT NULL,
                UNIQUE (organization_id, account_id)
            ) STRICT;
            CREATE UNIQUE INDEX memberships_of_owners ON memberships (organization_id) WHERE role = 'owner';
            CREATE INDEX memberships_of_account ON memberships (account_id, joined_at, number);
            CREATE INDEX memberships_by_age ON memberships (organization_id, joined_at, account_id);

            INSERT INTO memberships (organization_id, account_id, role, joined_at)
            SELECT id, owner_id, 'owner', created_at FROM organizations ORDER BY created_at, id;

            DROP INDEX organizations_of_owner;
            ALTER TABLE organizations DROP COLUMN owner_id;
            CREATE INDEX organizations_by_age ON organizations (created_at, id);

            CREATE TABLE invitations (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
                email TEXT NOT NULL CHECK (length(email) <= 254),
                role TEXT NOT NULL CHECK (role IN ('admin', 'member', 'contributor')),
                -- NULL: the operator.
                inviter_id TEXT REFERENCES accounts (id),
                state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
                created_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX invitations_of_organization ON invitations (organization_id, created_at, id);
            """)
}
