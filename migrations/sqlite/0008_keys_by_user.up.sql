-- Every key of what a user owns begins with the user, so that it can be sharded by user; docs/scaling.md says how.
-- Hashes of secrets and ids are random: that no two users have the same one needs no constraint.
-- A key cannot be altered here: tables are copied, those that others refer to first.

create table new_sessions (
    user_id blob not null,
    id blob not null,
    client text not null,
    created_at integer not null,
    generation integer not null,
    rotated_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    revoke_reason text,
    constraint sessions_pkey primary key (user_id, id),
    constraint sessions_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;
insert into new_sessions (user_id, id, client, created_at, generation, rotated_at, expires_at, revoked_at, revoke_reason)
select user_id, id, client, created_at, generation, rotated_at, expires_at, revoked_at, revoke_reason
from sessions;

create table new_refresh_tokens (
    user_id blob not null,
    token_hash blob not null,
    session_id blob not null,
    generation integer not null,
    created_at integer not null,
    expires_at integer not null,
    constraint refresh_tokens_pkey primary key (user_id, token_hash),
    constraint refresh_tokens_session_fkey foreign key (user_id, session_id)
        references new_sessions (user_id, id) on delete cascade
) strict, without rowid;
insert into new_refresh_tokens (user_id, token_hash, session_id, generation, created_at, expires_at)
select s.user_id, o.token_hash, o.session_id, o.generation, o.created_at, o.expires_at
from refresh_tokens o
join sessions s on s.id = o.session_id;

drop table refresh_tokens;
drop table sessions;
alter table new_sessions rename to sessions;
alter table new_refresh_tokens rename to refresh_tokens;

create index sessions_expires_at_idx on sessions (expires_at);
create index refresh_tokens_session_idx on refresh_tokens (user_id, session_id);
create index refresh_tokens_token_hash_idx on refresh_tokens (token_hash);
create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);

create table new_api_keys (
    user_id blob not null,
    id blob not null,
    name text not null,
    mode text not null,
    prefix text not null,
    key_hash blob not null,
    scopes text not null,
    created_at integer not null,
    expires_at integer,
    last_used_at integer,
    revoked_at integer,
    constraint api_keys_pkey primary key (user_id, id),
    constraint api_keys_mode_check check (mode in ('live', 'test')),
    constraint api_keys_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;
insert into new_api_keys (user_id, id, name, mode, prefix, key_hash, scopes, created_at, expires_at, last_used_at, revoked_at)
select user_id, id, name, mode, prefix, key_hash, scopes, created_at, expires_at, last_used_at, revoked_at
from api_keys;
drop table api_keys;
alter table new_api_keys rename to api_keys;
create index api_keys_id_idx on api_keys (id);
create index api_keys_key_hash_idx on api_keys (key_hash);

create table new_wallets (
    user_id blob not null constraint wallets_pkey primary key,
    account_id blob not null,
    currency text not null,
    balance integer not null,
    entries integer not null,
    created_at integer not null,
    updated_at integer not null,
    constraint wallets_balance_check check (balance between 0 and 9007199254740991),
    constraint wallets_user_id_fkey foreign key (user_id) references users (id),
    constraint wallets_account_id_fkey foreign key (account_id) references accounts (id)
) strict, without rowid;
insert into new_wallets (user_id, account_id, currency, balance, entries, created_at, updated_at)
select user_id, account_id, currency, balance, entries, created_at, updated_at
from wallets;
drop table wallets;
alter table new_wallets rename to wallets;

create table new_transfers (
    id blob not null,
    kind text not null,
    ref_type text not null,
    ref_id blob not null,
    user_id blob not null,
    order_id blob,
    amount integer not null,
    currency text not null,
    created_at integer not null,
    constraint transfers_pkey primary key (user_id, id),
    constraint transfers_user_id_kind_ref_type_ref_id_key unique (user_id, kind, ref_type, ref_id),
    constraint transfers_kind_check check (kind in ('TOPUP', 'PAYMENT', 'REFUND', 'ADJUSTMENT')),
    constraint transfers_amount_check check (amount > 0)
) strict, without rowid;
insert into new_transfers (id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at)
select id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at
from transfers;

create table new_postings (
    user_id blob not null,
    transfer_id blob not null,
    account_id blob not null,
    amount integer not null,
    currency text not null,
    seq integer,
    balance_after integer,
    created_at integer not null,
    constraint postings_pkey primary key (user_id, transfer_id, account_id),
    constraint postings_user_id_account_id_seq_key unique (user_id, account_id, seq),
    constraint postings_amount_check check (amount <> 0),
    constraint postings_wallet_check check ((seq is null) = (balance_after is null)),
    constraint postings_transfer_fkey foreign key (user_id, transfer_id) references new_transfers (user_id, id)
) strict, without rowid;
insert into new_postings (user_id, transfer_id, account_id, amount, currency, seq, balance_after, created_at)
select t.user_id, o.transfer_id, o.account_id, o.amount, o.currency, o.seq, o.balance_after, o.created_at
from postings o
join transfers t on t.id = o.transfer_id;

drop table postings;
drop table transfers;
alter table new_transfers rename to transfers;
alter table new_postings rename to postings;

create trigger transfers_append_only_update before update on transfers
begin
    select raise(abort, 'transfers is append-only');
end;
create trigger transfers_append_only_delete before delete on transfers
begin
    select raise(abort, 'transfers is append-only');
end;
create trigger postings_append_only_update before update on postings
begin
    select raise(abort, 'postings is append-only');
end;
create trigger postings_append_only_delete before delete on postings
begin
    select raise(abort, 'postings is append-only');
end;
