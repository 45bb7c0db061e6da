-- Background work: the jobs, and what an event hands on to the jobs that follow from it.

alter table outbox add column request_id text;
alter table outbox add column traceparent text;
create index outbox_published_idx on outbox (published_at) where published_at is not null;

create table jobs (
    id blob not null constraint jobs_pkey primary key,
    -- The kind of job.
    queue text not null,
    -- JSON object.
    payload text not null,
    state text not null,
    -- How often it was taken, and how often it may be.
    attempts integer not null,
    max_attempts integer not null,
    -- From when on anybody may take it: its time, or the end of the lease of whoever runs it.
    due_at integer not null,
    -- Drawn anew by each who takes it, so that who lost the job cannot end it any more.
    lease blob,
    -- At most one job of a queue has it, for as long as the row is kept.
    unique_key text,
    -- The request that it follows from.
    request_id text,
    traceparent text,
    last_error text,
    created_at integer not null,
    finished_at integer,
    constraint jobs_queue_unique_key_key unique (queue, unique_key),
    constraint jobs_state_check check (state in ('waiting', 'running', 'done', 'dead')),
    constraint jobs_lease_check check ((state = 'running') = (lease is not null)),
    constraint jobs_finished_check check ((state in ('done', 'dead')) = (finished_at is not null))
) strict;
create index jobs_due_idx on jobs (queue, due_at) where state in ('waiting', 'running');
create index jobs_finished_idx on jobs (state, finished_at) where state in ('done', 'dead');
create unique index jobs_lease_key on jobs (lease) where lease is not null;
