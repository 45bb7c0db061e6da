drop table postings;
drop table transfers;
drop table wallets;
drop table accounts;
