-- What can be ordered. What is left to order is on_hand - reserved.

create table products (
    id blob not null constraint products_pkey primary key,
    sku text not null,
    name text not null,
    description text,
    price integer not null,
    currency text not null,
    on_hand integer not null,
    reserved integer not null,
    archived integer not null,
    -- Lower-case sku, name and description, what the search looks through.
    search text not null,
    -- Counts every change of the row, reservations too: the public stock is part of the ETag.
    version integer not null,
    created_at integer not null,
    updated_at integer not null,
    constraint products_sku_key unique (sku),
    constraint products_archived_check check (archived in (0, 1)),
    constraint products_price_check check (price between 0 and 9007199254740991),
    constraint products_stock_check check (reserved >= 0 and reserved <= on_hand)
) strict, without rowid;
create index products_name_idx on products (name, id);
create index products_price_idx on products (price, id);
