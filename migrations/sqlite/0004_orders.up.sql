-- Everything of an order is keyed by its owner first, so that it can be sharded by user.
-- Ids are UUIDv7 of the same clock as created_at: ordering by id is ordering by creation.

create table orders (
    user_id blob not null,
    id blob not null,
    status text not null,
    currency text not null,
    subtotal integer not null,
    discount integer not null,
    total integer not null,
    refunded_amount integer not null,
    coupon_code text,
    -- When the server gives up on it; null once that can no longer happen.
    expires_at integer,
    paid_at integer,
    version integer not null,
    created_at integer not null,
    updated_at integer not null,
    constraint orders_pkey primary key (user_id, id),
    constraint orders_status_check check (status in (
        'PENDING_APPROVAL', 'PENDING', 'CONFIRMED', 'PAID', 'PROCESSING', 'SHIPPED',
        'DELIVERED', 'CANCELLED', 'EXPIRED', 'REFUNDED')),
    constraint orders_amounts_check check (
        subtotal >= 0 and discount >= 0 and total = subtotal - discount and total >= 0
        and refunded_amount between 0 and total),
    constraint orders_user_id_fkey foreign key (user_id) references users (id)
) strict, without rowid;
create index orders_id_idx on orders (id);
create index orders_status_idx on orders (status, id);
create index orders_created_at_idx on orders (created_at);
create index orders_expires_at_idx on orders (expires_at) where status in ('PENDING', 'PENDING_APPROVAL');

create table order_items (
    user_id blob not null,
    order_id blob not null,
    line integer not null,
    product_id blob not null,
    -- The product as it was when it was ordered.
    sku text not null,
    name text not null,
    -- Lower-case sku and name, what the search looks through.
    search text not null,
    quantity integer not null,
    unit_price integer not null,
    subtotal integer not null,
    constraint order_items_pkey primary key (user_id, order_id, line),
    constraint order_items_amounts_check check (
        quantity > 0 and unit_price >= 0 and subtotal = quantity * unit_price),
    constraint order_items_order_fkey foreign key (user_id, order_id) references orders (user_id, id),
    constraint order_items_product_id_fkey foreign key (product_id) references products (id)
) strict, without rowid;
create index order_items_product_id_idx on order_items (product_id);

-- ACTIVE holds stock, and ends once: SOLD takes it away, RELEASED gives it back.
create table reservations (
    user_id blob not null,
    order_id blob not null,
    line integer not null,
    product_id blob not null,
    quantity integer not null,
    status text not null,
    created_at integer not null,
    updated_at integer not null,
    constraint reservations_pkey primary key (user_id, order_id, line),
    constraint reservations_quantity_check check (quantity > 0),
    constraint reservations_status_check check (status in ('ACTIVE', 'SOLD', 'RELEASED')),
    constraint reservations_item_fkey foreign key (user_id, order_id, line)
        references order_items (user_id, order_id, line)
) strict, without rowid;
create index reservations_active_idx on reservations (product_id) where status = 'ACTIVE';

create table payments (
    user_id blob not null,
    order_id blob not null,
    id blob not null,
    amount integer not null,
    currency text not null,
    status text not null,
    created_at integer not null,
    updated_at integer not null,
    constraint payments_pkey primary key (user_id, order_id, id),
    constraint payments_amount_check check (amount >= 0),
    constraint payments_status_check check (status in ('COMPLETED', 'FAILED', 'REFUNDED')),
    constraint payments_order_fkey foreign key (user_id, order_id) references orders (user_id, id)
) strict, without rowid;
create unique index payments_user_id_order_id_key on payments (user_id, order_id) where status = 'COMPLETED';
