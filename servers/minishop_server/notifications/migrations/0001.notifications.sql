CREATE TABLE notifications (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'sent')),
    idempotency_key TEXT UNIQUE,
    request_hash TEXT NOT NULL,
    timestamp TEXT NOT NULL
);
