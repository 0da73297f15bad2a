--liquibase formatted sql

-- What was answered to a request that may come again. The status is missing while the request is under way, which
-- nobody else sees: the row is committed with its answer. Nothing but success is kept.
--changeset todo:004-idempotency-keys
create table idempotency_keys (
    user_id text not null references accounts on delete cascade,
    key text not null check (char_length(key) between 1 and 255),
    digest text not null,
    expires_at timestamptz not null,
    status integer check (status between 200 and 299),
    content_type text,
    location text,
    etag text,
    body text,
    primary key (user_id, key)
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);
--rollback drop table idempotency_keys;
