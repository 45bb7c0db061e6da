drop trigger orders_count_moved on orders;
drop trigger orders_count_new on orders;
drop function count_order();
drop table order_count_changes;
drop table order_counts;
drop index orders_total_idx;
create index orders_created_at_idx on orders (created_at);
