-- Double-entry ledger: postings are signed and sum to zero per transfer.

create table accounts (
    id uuid not null constraint accounts_pkey primary key,
    kind text not null,
    -- Null for the accounts of the house, which keep no balance row: no payment waits for another's.
    user_id uuid,
    currency text not null,
    created_at bigint not null,
    constraint accounts_kind_check check (kind in ('WALLET', 'PROVIDER', 'SALES', 'ADJUSTMENTS')),
    constraint accounts_owner_check check ((kind = 'WALLET') = (user_id is not null)),
    constraint accounts_user_id_fkey foreign key (user_id) references users (id)
);
create index accounts_user_id_idx on accounts (user_id);

create table wallets (
    user_id uuid not null constraint wallets_pkey primary key,
    account_id uuid not null,
    currency text not null,
    balance bigint not null,
    -- The number of the wallet's last posting; the feed is ordered by it.
    entries bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint wallets_account_id_key unique (account_id),
    constraint wallets_balance_check check (balance between 0 and 9007199254740991),
    constraint wallets_user_id_fkey foreign key (user_id) references users (id),
    constraint wallets_account_id_fkey foreign key (account_id) references accounts (id)
);

create table transfers (
    id uuid not null constraint transfers_pkey primary key,
    kind text not null,
    -- What the money moved for. A second payment of one order cannot exist.
    ref_type text not null,
    ref_id uuid not null,
    user_id uuid not null,
    order_id uuid,
    amount bigint not null,
    currency text not null,
    created_at bigint not null,
    constraint transfers_kind_ref_type_ref_id_key unique (kind, ref_type, ref_id),
    constraint transfers_kind_check check (kind in ('TOPUP', 'PAYMENT', 'REFUND', 'ADJUSTMENT')),
    constraint transfers_amount_check check (amount > 0)
);

-- account_id has no foreign key: its check would lock the one sales account for every payment.
-- The integrity report looks for postings without an account instead.
create table postings (
    transfer_id uuid not null,
    account_id uuid not null,
    amount bigint not null,
    currency text not null,
    -- Both only for wallets: the wallet's count of postings and what it held after this one.
    seq bigint,
    balance_after bigint,
    created_at bigint not null,
    constraint postings_pkey primary key (transfer_id, account_id),
    constraint postings_account_id_seq_key unique (account_id, seq),
    constraint postings_amount_check check (amount <> 0),
    constraint postings_wallet_check check ((seq is null) = (balance_after is null)),
    constraint postings_transfer_id_fkey foreign key (transfer_id) references transfers (id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger transfers_append_only before update or delete or truncate on transfers
    for each statement execute function refuse_change();
create trigger postings_append_only before update or delete or truncate on postings
    for each statement execute function refuse_change();
