drop table outbox;
drop table audit_logs;
