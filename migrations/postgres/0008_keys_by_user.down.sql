alter table postings drop constraint postings_transfer_fkey;
alter table transfers
    drop constraint transfers_user_id_kind_ref_type_ref_id_key,
    drop constraint transfers_pkey,
    add constraint transfers_pkey primary key (id),
    add constraint transfers_kind_ref_type_ref_id_key unique (kind, ref_type, ref_id);
alter table postings
    drop constraint postings_user_id_account_id_seq_key,
    drop constraint postings_pkey,
    drop column user_id,
    add constraint postings_pkey primary key (transfer_id, account_id),
    add constraint postings_account_id_seq_key unique (account_id, seq),
    add constraint postings_transfer_id_fkey foreign key (transfer_id) references transfers (id);

alter table wallets add constraint wallets_account_id_key unique (account_id);

drop index api_keys_key_hash_idx;
drop index api_keys_id_idx;
alter table api_keys
    drop constraint api_keys_pkey,
    add constraint api_keys_pkey primary key (id),
    add constraint api_keys_key_hash_key unique (key_hash);
create index api_keys_user_id_idx on api_keys (user_id, id);

drop index refresh_tokens_token_hash_idx;
drop index refresh_tokens_session_idx;
alter table refresh_tokens
    drop constraint refresh_tokens_session_fkey,
    drop constraint refresh_tokens_pkey,
    drop column user_id,
    add constraint refresh_tokens_pkey primary key (token_hash);
alter table sessions
    drop constraint sessions_pkey,
    add constraint sessions_pkey primary key (id);
create index sessions_user_id_idx on sessions (user_id, id);
alter table refresh_tokens add constraint refresh_tokens_session_id_fkey
    foreign key (session_id) references sessions (id) on delete cascade;
create index refresh_tokens_session_id_idx on refresh_tokens (session_id);
