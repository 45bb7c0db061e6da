-- Double-entry ledger: postings are signed and sum to zero per transfer.

create table accounts (
    id blob not null constraint accounts_pkey primary key,
    kind text not null,
    -- Null for the accounts of the house, which keep no balance row: no payment waits for another's.
    user_id blob,
    currency text not null,
    created_at integer not null,
    constraint accounts_kind_check check (kind in ('WALLET', 'PROVIDER', 'SALES', 'ADJUSTMENTS')),
    constraint accounts_owner_check check ((kind = 'WALLET') = (user_id is not null)),
    constraint accounts_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;
create index accounts_user_id_idx on accounts (user_id);

create table wallets (
    user_id blob not null constraint wallets_pkey primary key,
    account_id blob not null,
    currency text not null,
    balance integer not null,
    -- The number of the wallet's last posting; the feed is ordered by it.
    entries integer not null,
    created_at integer not null,
    updated_at integer not null,
    constraint wallets_account_id_key unique (account_id),
    constraint wallets_balance_check check (balance between 0 and 9007199254740991),
    constraint wallets_user_id_fkey foreign key (user_id) references users (id),
    constraint wallets_account_id_fkey foreign key (account_id) references accounts (id)
) strict, without rowid;

create table transfers (
    id blob not null constraint transfers_pkey primary key,
    kind text not null,
    -- What the money moved for. A second payment of one order cannot exist.
    ref_type text not null,
    ref_id blob not null,
    user_id blob not null,
    order_id blob,
    amount integer not null,
    currency text not null,
    created_at integer not null,
    constraint transfers_kind_ref_type_ref_id_key unique (kind, ref_type, ref_id),
    constraint transfers_kind_check check (kind in ('TOPUP', 'PAYMENT', 'REFUND', 'ADJUSTMENT')),
    constraint transfers_amount_check check (amount > 0)
) strict, without rowid;

-- account_id has no foreign key: its check would lock the one sales account for every payment.
-- The integrity report looks for postings without an account instead.
create table postings (
    transfer_id blob not null,
    account_id blob not null,
    amount integer not null,
    currency text not null,
    -- Both only for wallets: the wallet's count of postings and what it held after this one.
    seq integer,
    balance_after integer,
    created_at integer not null,
    constraint postings_pkey primary key (transfer_id, account_id),
    constraint postings_account_id_seq_key unique (account_id, seq),
    constraint postings_amount_check check (amount <> 0),
    constraint postings_wallet_check check ((seq is null) = (balance_after is null)),
    constraint postings_transfer_id_fkey foreign key (transfer_id) references transfers (id)
) strict, without rowid;

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
