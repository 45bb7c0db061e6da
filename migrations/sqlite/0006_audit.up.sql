-- Who did what, and what others want to hear of it; both written in the transaction of the change.

create table audit_logs (
    -- Ascending, with gaps; rows of one entity get theirs in the order of the entity's changes.
    seq integer not null constraint audit_logs_pkey primary key autoincrement,
    id blob not null,
    at integer not null,
    action text not null,
    entity_type text not null,
    entity_id blob not null,
    actor_type text not null,
    actor_id blob,
    request_id text,
    ip text,
    -- JSON object.
    metadata text not null,
    constraint audit_logs_actor_type_check check (actor_type in ('user', 'api_key', 'system'))
) strict;
create index audit_logs_entity_idx on audit_logs (entity_id, seq);
create index audit_logs_actor_id_idx on audit_logs (actor_id, seq);
create index audit_logs_action_idx on audit_logs (action, seq);
create index audit_logs_at_idx on audit_logs (at);
create trigger audit_logs_append_only_update before update on audit_logs
begin
    select raise(abort, 'audit_logs is append-only');
end;
create trigger audit_logs_append_only_delete before delete on audit_logs
begin
    select raise(abort, 'audit_logs is append-only');
end;

create table outbox (
    id blob not null constraint outbox_pkey primary key,
    event_type text not null,
    -- Whose event it is; null when it concerns nobody in particular.
    user_id blob,
    entity_id blob not null,
    -- JSON object.
    payload text not null,
    created_at integer not null,
    published_at integer
) strict;
create index outbox_unpublished_idx on outbox (id) where published_at is null;
