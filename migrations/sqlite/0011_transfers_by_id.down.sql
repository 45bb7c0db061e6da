drop index transfers_id_idx;
