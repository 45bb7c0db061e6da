-- A request that must not run twice, and what it was answered. Written in the transaction of its effect:
-- a row that others can see is always complete.

create table idempotency_keys (
    user_id blob not null,
    -- The user, or the API key that acts for the user: keys of different callers never meet.
    caller_id blob not null,
    key text not null,
    fingerprint blob not null,
    request_id text not null,
    created_at integer not null,
    expires_at integer not null,
    status integer,
    content_type text,
    -- JSON list of [name, value].
    headers text,
    body blob,
    constraint idempotency_keys_pkey primary key (user_id, caller_id, key)
) strict;
create index idempotency_keys_expires_at_idx on idempotency_keys (expires_at);
