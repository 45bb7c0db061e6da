drop table postings;
drop table transfers;
drop function refuse_change();
drop table wallets;
drop table accounts;
