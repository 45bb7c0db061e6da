alter table credentials drop column invited_at;
