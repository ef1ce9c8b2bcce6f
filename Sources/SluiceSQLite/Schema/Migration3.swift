extension Migration {
    /// Channels, posts and what belongs to them.
    ///
    /// Values with a shape of their own (assets, a schedule) are JSON: nothing is looked up by their parts. All of it goes with its
    /// organization. Authors have no foreign key: an account that closed stays as a row, and the answer says so.
    static let posting = Migration(
        number: 3,
        sql: """
            CREATE TABLE channels (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                service TEXT NOT NULL,
                type TEXT NOT NULL,
                service_id TEXT NOT NULL,
                name TEXT NOT NULL,
                display_name TEXT,
                time_zone TEXT NOT NULL,
                schedule TEXT NOT NULL CHECK (json_array_length(schedule, '$.days') = 7),
                is_queue_paused INTEGER NOT NULL CHECK (is_queue_paused IN (0, 1)),
                is_locked INTEGER NOT NULL CHECK (is_locked IN (0, 1)),
                is_disconnected INTEGER NOT NULL CHECK (is_disconnected IN (0, 1)),
                external_link TEXT,
                avatar_url TEXT,
                facts TEXT NOT NULL CHECK (json_valid(facts)),
                posting_goal INTEGER,
                publisher TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                -- What the channel's next posts fail with, and how many of them.
                fault TEXT CHECK (fault IS NULL OR json_valid(fault)),
                fault_count INTEGER NOT NULL DEFAULT 0 CHECK (fault_count >= 0),
                UNIQUE (organization_id, service, service_id),
                CHECK ((fault IS NULL) = (fault_count = 0))
            ) STRICT;
            CREATE INDEX channels_of_organization ON channels (organization_id, created_at, id);

            CREATE TABLE posts (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
                -- The channel's, which never changes; here because lists are by organization.
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                author_id TEXT,
                text TEXT NOT NULL,
                assets TEXT NOT NULL CHECK (json_valid(assets)),
                metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)),
                status TEXT NOT NULL CHECK (status IN ('draft', 'needs_approval', 'scheduled', 'sending', 'sent', 'error')),
                due_at INTEGER,
                sent_at INTEGER,
                share_mode TEXT NOT NULL CHECK (share_mode IN ('addToQueue', 'shareNext', 'shareNow', 'customScheduled')),
                scheduling_type TEXT NOT NULL CHECK (scheduling_type IN ('automatic', 'notification')),
                via TEXT NOT NULL CHECK (via IN ('api', 'buffer', 'network')),
                -- May name an idea that is deleted by now.
                idea_id TEXT,
                error TEXT CHECK (error IS NULL OR json_valid(error)),
                external_link TEXT,
                notification_status TEXT CHECK (notification_status IN ('markedAsPublished', 'notified')),
                metrics TEXT NOT NULL CHECK (json_valid(metrics)),
                metrics_updated_at INTEGER,
                is_ai_assisted INTEGER NOT NULL CHECK (is_ai_assisted IN (0, 1)),
                planned_at INTEGER,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL,
                -- When something happens to it by itself: it goes out, is tried again, or its lease ends. NULL if nothing does, as
                -- on a paused channel. Users never see it; `due_at` stays what they chose.
                wakes_at INTEGER,
                attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
                -- Its `updated_at` when it was claimed: tells an attempt from one of the same number before it was changed.
                claimed_version INTEGER,
                CHECK (status <> 'scheduled' OR due_at IS NOT NULL),
                CHECK (status <> 'sending' OR (wakes_at IS NOT NULL AND attempt >= 1 AND claimed_version IS NOT NULL)),
                CHECK (wakes_at IS NULL OR status IN ('scheduled', 'sending')),
                CHECK (status <> 'sent' OR sent_at IS NOT NULL)
            ) STRICT;
            CREATE INDEX posts_waking ON posts (wakes_at, id) WHERE wakes_at IS NOT NULL;
            -- Lists in their three orders. Posts without a time come last both ways, so there are two places for them. The
            -- channel lets a list of few channels skip other rows without looking at them.
            CREATE INDEX posts_by_creation ON posts (organization_id, created_at, id, channel_id);
            CREATE INDEX posts_by_due_rising ON posts (organization_id, coalesce(due_at, 9007199254740991), id, channel_id);
            CREATE INDEX posts_by_due_falling ON posts (organization_id, coalesce(due_at, -9007199254740991), id, channel_id);
            CREATE INDEX posts_by_status ON posts (organization_id, status);
            CREATE INDEX posts_of_channel ON posts (channel_id, status, due_at, id);
            CREATE INDEX posts_sent ON posts (channel_id, sent_at) WHERE status = 'sent';

            CREATE TABLE tags (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                -- The name without case: SQLite's own NOCASE knows ASCII alone.
                name_key TEXT NOT NULL,
                color TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                UNIQUE (organization_id, name_key)
            ) STRICT;

            CREATE TABLE post_tags (
                post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                PRIMARY KEY (post_id, tag_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX post_tags_of_tag ON post_tags (tag_id);

            CREATE TABLE notes (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                post_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
                author_id TEXT,
                text TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                updated_at INTEGER
            ) STRICT;
            CREATE INDEX notes_of_post ON notes (post_id, created_at, id);

            CREATE TABLE idea_groups (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                is_locked INTEGER NOT NULL CHECK (is_locked IN (0, 1)),
                created_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX idea_groups_of_organization ON idea_groups (organization_id, created_at, id);

            CREATE TABLE ideas (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                group_id TEXT REFERENCES idea_groups (id) ON DELETE SET NULL,
                -- Without its tags, which are in `idea_tags`.
                content TEXT NOT NULL CHECK (json_valid(content)),
                position REAL NOT NULL,
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX ideas_of_organization ON ideas (organization_id, created_at, id);
            CREATE INDEX ideas_of_group ON ideas (group_id, organization_id, position);

            CREATE TABLE idea_tags (
                idea_id TEXT NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
                tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                PRIMARY KEY (idea_id, tag_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX idea_tags_of_tag ON idea_tags (tag_id);

            CREATE TABLE templates (
                id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 24),
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                author_id TEXT,
                title TEXT NOT NULL,
                body TEXT NOT NULL,
                description TEXT NOT NULL,
                emoji TEXT NOT NULL,
                visibility TEXT NOT NULL CHECK (visibility IN ('internal', 'private', 'public')),
                created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX templates_of_organization ON templates (organization_id, created_at, id);

            CREATE TABLE outbox (
                -- One delivery of a post: the row stays when the post is deleted, and goes with its channel.
                post_id TEXT NOT NULL PRIMARY KEY CHECK (length(post_id) = 24),
                channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
                organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                service TEXT NOT NULL,
                due_at INTEGER,
                sent_at INTEGER NOT NULL,
                attempt INTEGER NOT NULL,
                text TEXT NOT NULL,
                assets TEXT NOT NULL CHECK (json_valid(assets)),
                metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata))
            ) STRICT;
            CREATE INDEX outbox_of_organization ON outbox (organization_id, sent_at, post_id);
            CREATE INDEX outbox_of_channel ON outbox (channel_id, sent_at, post_id);
            """)
}
