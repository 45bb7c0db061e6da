-- What can be ordered. What is left to order is on_hand - reserved.

create table products (
    id uuid not null constraint products_pkey primary key,
    sku text not null,
    name text not null,
    description text,
    price bigint not null,
    currency text not null,
    on_hand bigint not null,
    reserved bigint not null,
    archived boolean not null,
    -- Lower-case sku, name and description, what the search looks through.
    search text not null,
    -- Counts every change of the row, reservations too: the public stock is part of the ETag.
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint products_sku_key unique (sku),
    constraint products_price_check check (price between 0 and 9007199254740991),
    constraint products_stock_check check (reserved >= 0 and reserved <= on_hand)
);
create index products_name_idx on products (name, id);
create index products_price_idx on products (price, id);
