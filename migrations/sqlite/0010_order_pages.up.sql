-- A page of orders costs the same whatever the table holds: every sort has an index, and nothing is counted that has
-- been counted before.

-- Ids are made by the clock of created_at, so a span of time is a span of ids.
drop index orders_created_at_idx;
create index orders_total_idx on orders (total, id);

-- How many orders stand at each status: the sum of both tables. A change is a row of its own, so that no two
-- transactions wait for one counter; the server adds them up from time to time.
create table order_counts (
    status text not null constraint order_counts_pkey primary key,
    orders integer not null
) strict;
create table order_count_changes (
    status text not null,
    change integer not null
) strict;

insert into order_counts (status, orders)
select status, count(*)
from orders
group by status;

create trigger orders_count_new after insert on orders
begin
    insert into order_count_changes (status, change) values (new.status, 1);
end;
create trigger orders_count_moved after update of status on orders when old.status <> new.status
begin
    insert into order_count_changes (status, change) values (old.status, -1), (new.status, 1);
end;
