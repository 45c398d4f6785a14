-- Grows with each connection of the host's agent, on whatever node: who holds an older one holds it no more.
alter table host add connection_epoch bigint not null default 0;
