-- People, how they prove who they are, and the keys that act for them.
-- Unique constraints are called <table>_<columns>_key in both databases: SQLite reports
-- only the columns of a violated one, and the name is rebuilt from them.

create table users (
    id blob not null constraint users_pkey primary key,
    -- Lower case, see the EmailAddress type.
    email text not null,
    name text not null,
    role text not null,
    disabled integer not null,
    -- Lower-case name and e-mail, what the search looks through.
    search text not null,
    version integer not null,
    created_at integer not null,
    updated_at integer not null,
    constraint users_email_key unique (email),
    constraint users_disabled_check check (disabled in (0, 1)),
    constraint users_role_check check (role in ('member', 'viewer', 'admin'))
) strict, without rowid;
create index users_role_idx on users (role, id);

create table credentials (
    user_id blob not null constraint credentials_pkey primary key,
    password_hash text not null,
    updated_at integer not null,
    constraint credentials_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;

-- One row per log-in: the family of its refresh tokens.
create table sessions (
    id blob not null constraint sessions_pkey primary key,
    user_id blob not null,
    client text not null,
    created_at integer not null,
    -- Counts rotations. A token of the present generation is good; one of the generation before
    -- still is for a few seconds after rotated_at; an older one is stolen.
    generation integer not null,
    rotated_at integer not null,
    -- End of the whole family, however often its tokens rotate.
    expires_at integer not null,
    revoked_at integer,
    revoke_reason text,
    constraint sessions_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;
create index sessions_user_id_idx on sessions (user_id, id);
create index sessions_expires_at_idx on sessions (expires_at);

create table refresh_tokens (
    -- Keyed hash; the token itself is never stored.
    token_hash blob not null constraint refresh_tokens_pkey primary key,
    session_id blob not null,
    generation integer not null,
    created_at integer not null,
    expires_at integer not null,
    constraint refresh_tokens_session_id_fkey foreign key (session_id) references sessions (id) on delete cascade
) strict, without rowid;
create index refresh_tokens_session_id_idx on refresh_tokens (session_id);
create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);

create table api_keys (
    id blob not null constraint api_keys_pkey primary key,
    user_id blob not null,
    name text not null,
    mode text not null,
    -- The first characters, by which its owner recognises a key.
    prefix text not null,
    key_hash blob not null,
    -- Separated by blanks.
    scopes text not null,
    created_at integer not null,
    expires_at integer,
    last_used_at integer,
    revoked_at integer,
    constraint api_keys_key_hash_key unique (key_hash),
    constraint api_keys_mode_check check (mode in ('live', 'test')),
    constraint api_keys_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;
create index api_keys_user_id_idx on api_keys (user_id, id);
