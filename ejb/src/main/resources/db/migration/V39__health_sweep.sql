-- When all hosts were last judged, on whichever node: one row, which the node that does it next changes.
create table health_sweep (judged_at timestamptz not null);
insert into health_sweep (judged_at) values ('-infinity');
