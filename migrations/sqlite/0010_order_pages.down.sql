drop trigger orders_count_moved;
drop trigger orders_count_new;
drop table order_count_changes;
drop table order_counts;
drop index orders_total_idx;
create index orders_created_at_idx on orders (created_at);
