import Storage

/// The table of nodes.
let nodeMigrations = [
    Migration(owner: "nodes", number: 1, why: "几台服务器共用一个数据库，要看得见有哪些在服务、版本和密钥是否一致、时钟差多少", steps: [
        .ddl("""
            CREATE TABLE node (
                name TEXT PRIMARY KEY CHECK (length(name) <= 60),
                instance TEXT NOT NULL CHECK (length(instance) = 26),
                address TEXT NOT NULL,
                version TEXT NOT NULL,
                steps BIGINT NOT NULL,
                key_print TEXT NOT NULL,
                shelf TEXT NOT NULL,
                drains BIGINT NOT NULL CHECK (drains IN (0, 1)),
                drift_ms BIGINT NOT NULL,
                started_at TEXT NOT NULL CHECK (length(started_at) = 24),
                seen_at TEXT NOT NULL CHECK (length(seen_at) = 24),
                stopped_at TEXT CHECK (length(stopped_at) = 24)
            )
            """),
    ]),
]
