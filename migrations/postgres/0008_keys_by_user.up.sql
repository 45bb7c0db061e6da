-- Every key of what a user owns begins with the user, so that it can be sharded by user; docs/scaling.md says how.
-- Hashes of secrets and ids are random: that no two users have the same one needs no constraint.

alter table refresh_tokens add column user_id uuid;
update refresh_tokens t set user_id = s.user_id from sessions s where s.id = t.session_id;
alter table refresh_tokens
    alter column user_id set not null,
    drop constraint refresh_tokens_session_id_fkey,
    drop constraint refresh_tokens_pkey,
    add constraint refresh_tokens_pkey primary key (user_id, token_hash);
alter table sessions
    drop constraint sessions_pkey,
    add constraint sessions_pkey primary key (user_id, id);
drop index sessions_user_id_idx;
alter table refresh_tokens add constraint refresh_tokens_session_fkey
    foreign key (user_id, session_id) references sessions (user_id, id) on delete cascade;
drop index refresh_tokens_session_id_idx;
create index refresh_tokens_session_idx on refresh_tokens (user_id, session_id);
create index refresh_tokens_token_hash_idx on refresh_tokens (token_hash);

alter table api_keys
    drop constraint api_keys_pkey,
    drop constraint api_keys_key_hash_key,
    add constraint api_keys_pkey primary key (user_id, id);
drop index api_keys_user_id_idx;
create index api_keys_id_idx on api_keys (id);
create index api_keys_key_hash_idx on api_keys (key_hash);

alter table wallets drop constraint wallets_account_id_key;

alter table postings add column user_id uuid;
alter table postings disable trigger postings_append_only;
update postings p set user_id = t.user_id from transfers t where t.id = p.transfer_id;
alter table postings enable trigger postings_append_only;
alter table postings
    alter column user_id set not null,
    drop constraint postings_transfer_id_fkey,
    drop constraint postings_pkey,
    drop constraint postings_account_id_seq_key,
    add constraint postings_pkey primary key (user_id, transfer_id, account_id),
    add constraint postings_user_id_account_id_seq_key unique (user_id, account_id, seq);
alter table transfers
    drop constraint transfers_pkey,
    drop constraint transfers_kind_ref_type_ref_id_key,
    add constraint transfers_pkey primary key (user_id, id),
    add constraint transfers_user_id_kind_ref_type_ref_id_key unique (user_id, kind, ref_type, ref_id);
alter table postings add constraint postings_transfer_fkey
    foreign key (user_id, transfer_id) references transfers (user_id, id);
