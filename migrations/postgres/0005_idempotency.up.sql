-- A request that must not run twice, and what it was answered. Written in the transaction of its effect:
-- a row that others can see is always complete.

create table idempotency_keys (
    user_id uuid not null,
    -- The user, or the API key that acts for the user: keys of different callers never meet.
    caller_id uuid not null,
    key text not null,
    fingerprint bytea not null,
    request_id text not null,
    created_at bigint not null,
    expires_at bigint not null,
    status bigint,
    content_type text,
    -- JSON list of [name, value].
    headers text,
    body bytea,
    constraint idempotency_keys_pkey primary key (user_id, caller_id, key)
);
create index idempotency_keys_expires_at_idx on idempotency_keys (expires_at);
