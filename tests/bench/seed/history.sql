-- A shop that has been open for a while: USERS members with the same password and money, PRODUCTS products,
-- HISTORY orders that were paid long ago and PAYABLE that wait to be paid. One text for both databases; seed.py gives
-- each the function `made_id(kind, micros, n)`, the id of the n-th row of a kind, and the numbers in place of names in braces.
-- Everything balances: `waybill verify` finds nothing to complain about before and after a measurement.

insert into users (id, email, name, role, disabled, search, version, created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {users} - 1)
select made_id(1, {opened}, n), 'member' || cast(n as text) || '@bench.example', 'Member ' || cast(n as text), 'member',
    {no}, 'member ' || cast(n as text) || char_of(10) || 'member' || cast(n as text) || '@bench.example', 1, {opened}, {opened}
from numbers;

insert into credentials (user_id, password_hash, updated_at)
select u.id, (select password_hash from credentials c join users o on o.id = c.user_id where o.email = '{template}'), {opened}
from users u
where u.email like 'member%@bench.example';

insert into accounts (id, kind, user_id, currency, created_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {users} - 1)
select made_id(2, {opened}, n), 'WALLET', made_id(1, {opened}, n), 'USD', {opened}
from numbers;

insert into transfers (id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {users} - 1)
select made_id(3, {opened}, n), 'TOPUP', 'bench', made_id(3, {opened}, n), made_id(1, {opened}, n), null, {funds}, 'USD',
    {opened}
from numbers;

insert into postings (user_id, transfer_id, account_id, amount, currency, seq, balance_after, created_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {users} - 1)
select made_id(1, {opened}, n), made_id(3, {opened}, n), made_id(2, {opened}, n), {funds}, 'USD', 1, {funds}, {opened}
from numbers
union all
select made_id(1, {opened}, n), made_id(3, {opened}, n), house_id('PRO'), - {funds}, 'USD', null, null, {opened} from numbers;

insert into products (id, sku, name, description, price, currency, on_hand, reserved, archived, search, version,
    created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {products} - 1)
select made_id(4, {opened}, n), 'BENCH-' || cast(n as text), 'Item ' || cast(n as text), 'One of many, in a box of its own',
    1000, 'USD', 100000000, {payable} / {products}, {no},
    'bench-' || cast(n as text) || char_of(10) || 'item ' || cast(n as text) || char_of(10) || 'one of many, in a box of its own',
    1, {opened}, {opened}
from numbers;

-- Order n is user n modulo USERS's and of product n modulo PRODUCTS. What is long over comes first, a minute apart.
insert into orders (user_id, id, status, currency, subtotal, discount, total, refunded_amount, coupon_code, expires_at,
    paid_at, version, created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {history} - 1)
select made_id(1, {opened}, n % {users}), made_id(5, {opened} + n * 60000000, n), 'DELIVERED', 'USD', 1000, 0, 1000, 0,
    null, null, {opened} + n * 60000000, 5, {opened} + n * 60000000, {opened} + n * 60000000
from numbers;

insert into orders (user_id, id, status, currency, subtotal, discount, total, refunded_amount, coupon_code, expires_at,
    paid_at, version, created_at, updated_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {payable} - 1)
select made_id(1, {opened}, n % {users}), made_id(6, {now}, n), 'PENDING', 'USD', 1000, 0, 1000, 0,
    null, {now} + 864000000000, null, 1, {now}, {now}
from numbers;

insert into order_items (user_id, order_id, line, product_id, sku, name, search, quantity, unit_price, subtotal)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {history} - 1)
select made_id(1, {opened}, n % {users}), made_id(5, {opened} + n * 60000000, n), 1, made_id(4, {opened}, n % {products}),
    'BENCH-' || cast(n % {products} as text), 'Item ' || cast(n % {products} as text),
    'bench-' || cast(n % {products} as text) || char_of(10) || 'item ' || cast(n % {products} as text), 1, 1000, 1000
from numbers;

insert into order_items (user_id, order_id, line, product_id, sku, name, search, quantity, unit_price, subtotal)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {payable} - 1)
select made_id(1, {opened}, n % {users}), made_id(6, {now}, n), 1, made_id(4, {opened}, n % {products}),
    'BENCH-' || cast(n % {products} as text), 'Item ' || cast(n % {products} as text),
    'bench-' || cast(n % {products} as text) || char_of(10) || 'item ' || cast(n % {products} as text), 1, 1000, 1000
from numbers;

insert into reservations (user_id, order_id, line, product_id, quantity, status, created_at, updated_at)
select i.user_id, i.order_id, i.line, i.product_id, i.quantity,
    case o.status when 'PENDING' then 'ACTIVE' else 'SOLD' end, o.created_at, o.created_at
from order_items i
join orders o on o.user_id = i.user_id and o.id = i.order_id;

insert into payments (user_id, order_id, id, amount, currency, status, created_at, updated_at)
select user_id, id, id, total, 'USD', 'COMPLETED', created_at, created_at
from orders
where status = 'DELIVERED';

insert into transfers (id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at)
select id, 'PAYMENT', 'order', id, user_id, id, total, 'USD', created_at
from orders
where status = 'DELIVERED';

insert into postings (user_id, transfer_id, account_id, amount, currency, seq, balance_after, created_at)
with recursive numbers(n) as (select cast(0 as bigint) union all select n + 1 from numbers where n < {history} - 1)
select made_id(1, {opened}, n % {users}), made_id(5, {opened} + n * 60000000, n), made_id(2, {opened}, n % {users}), -1000,
    'USD', n / {users} + 2, {funds} - 1000 * (n / {users} + 1), {opened} + n * 60000000
from numbers
union all
select made_id(1, {opened}, n % {users}), made_id(5, {opened} + n * 60000000, n), house_id('SAL'), 1000, 'USD', null, null, {opened} + n * 60000000
from numbers;

insert into wallets (user_id, account_id, currency, balance, entries, created_at, updated_at)
select a.user_id, a.id, 'USD', sum(p.amount), max(p.seq), {opened}, {opened}
from accounts a
join postings p on p.user_id = a.user_id and p.account_id = a.id
join users u on u.id = a.user_id
where u.email like 'member%@bench.example'
group by a.user_id, a.id;

insert into audit_logs (id, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata)
select id, created_at, 'order.created', 'order', id, 'user', user_id, 'seed', '127.0.0.1', '{{"to":"PENDING"}}'
from orders;

insert into audit_logs (id, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata)
select id, created_at, 'order.status_changed', 'order', id, 'user', user_id, 'seed', '127.0.0.1', '{{"to":"PAID"}}'
from orders
where status = 'DELIVERED';

insert into outbox (id, event_type, user_id, entity_id, payload, created_at, published_at)
select id, 'order.created', user_id, id, '{{}}', created_at, created_at
from orders;

insert into idempotency_keys (user_id, caller_id, key, fingerprint, request_id, created_at, expires_at, status,
    content_type, headers, body)
select user_id, user_id, cast(created_at as text), {empty}, 'seed', {now}, {now} + 86400000000, 201, 'application/json', '[]',
    {empty}
from orders
where status = 'DELIVERED';
