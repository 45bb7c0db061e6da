drop table payments;
drop table reservations;
drop table order_items;
drop table orders;
