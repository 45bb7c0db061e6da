-- ORDERS orders of 1000 members over three years, a tenth of them not delivered, and 200 orders of the user READER.

insert into users (id, email, name, role, disabled, search, version, created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < 999)
select made_id(1, {opened}, n), 'member' || cast(n as text) || '@bench.example', 'Member ' || cast(n as text), 'member',
    {no}, 'member ' || cast(n as text), 1, {opened}, {opened}
from numbers;

insert into products (id, sku, name, description, price, currency, on_hand, reserved, archived, search, version,
    created_at, updated_at)
values (made_id(4, {opened}, 0), 'BENCH', 'Item', null, 1000, 'USD', 1000, 0, {no}, 'bench', 1, {opened}, {opened});

insert into orders (user_id, id, status, currency, subtotal, discount, total, refunded_amount, coupon_code, expires_at,
    paid_at, version, created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {orders} - 1)
select made_id(1, {opened}, n % 1000), made_id(5, {opened} + n * (94608000000000 / {orders}), n),
    case when n % 10 < 9 then 'DELIVERED' when n % 100 < 60 then 'CANCELLED' when n % 100 < 90 then 'PAID' else 'SHIPPED' end,
    'USD', n * 7919 % 100003, 0, n * 7919 % 100003, 0, null, null, null, 5,
    {opened} + n * (94608000000000 / {orders}), {opened} + n * (94608000000000 / {orders})
from numbers;

insert into orders (user_id, id, status, currency, subtotal, discount, total, refunded_amount, coupon_code, expires_at,
    paid_at, version, created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < 199)
select u.id, made_id(6, {opened} + n * 473040000000, n), 'DELIVERED', 'USD', n * 100, 0, n * 100, 0, null, null, null, 5,
    {opened} + n * 473040000000, {opened} + n * 473040000000
from numbers, users u
where u.email = '{reader}';

insert into order_items (user_id, order_id, line, product_id, sku, name, search, quantity, unit_price, subtotal)
select user_id, id, 1, made_id(4, {opened}, 0), 'BENCH', 'Item', 'bench', 1, subtotal, subtotal
from orders;
