--liquibase formatted sql

-- Users of another issuer get a row, too, as soon as there is something to keep: theirs has no address and no password.
--changeset todo:002-accounts
create table accounts (
    user_id text primary key check (char_length(user_id) between 1 and 255),
    email text check (char_length(email) between 3 and 254),
    email_key text unique,
    password_hash text,
    name text check (char_length(name) between 1 and 100),
    time_zone text not null default 'UTC',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint accounts_log_in_by_address_and_password
        check ((email is null) = (email_key is null) and (email is null) = (password_hash is null))
);
--rollback drop table accounts;

-- The address and the program are those of the last refresh.
--changeset todo:002-sessions
create table sessions (
    user_id text not null references accounts on delete cascade,
    id text not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    address text,
    user_agent text,
    primary key (user_id, id)
);
create index sessions_by_expiry on sessions (expires_at);
--rollback drop table sessions;

-- Spent tokens stay as long as their session, so that one that comes back is known for what it is.
--changeset todo:002-refresh-tokens
create table refresh_tokens (
    hash bytea primary key,
    user_id text not null,
    session_id text not null,
    created_at timestamptz not null,
    used_at timestamptz,
    foreign key (user_id, session_id) references sessions on delete cascade
);
create index refresh_tokens_by_session on refresh_tokens (user_id, session_id);
--rollback drop table refresh_tokens;

-- What every server holds in memory. The database's own clock orders the entries for those that have missed some.
--changeset todo:002-revocations
create table revocations (
    id text primary key,
    issued_until timestamptz not null,
    expires_at timestamptz not null,
    noticed_at timestamptz not null default clock_timestamp()
);
create index revocations_by_noticed_at on revocations (noticed_at);
create index revocations_by_expiry on revocations (expires_at);
--rollback drop table revocations;
