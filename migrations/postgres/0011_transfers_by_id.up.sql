-- Ids grow with time: the watch over the books finds the latest transfers of all users through it.
create index transfers_id_idx on transfers (id);
