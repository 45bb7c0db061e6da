-- When an invitation made this password, until somebody logs in with it. Meanwhile another invitation may replace it.
alter table credentials add column invited_at integer;
