drop table jobs;
drop index outbox_published_idx;
alter table outbox drop column traceparent;
alter table outbox drop column request_id;
