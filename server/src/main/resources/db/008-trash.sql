--liquibase formatted sql

-- A deleted task moves here: no statement on tasks can forget that it is gone.
--changeset todo:008-trash
create table trash (like tasks including defaults including constraints);
alter table trash
    drop column search,
    add column deleted_at timestamptz not null,
    add primary key (user_id, id),
    add constraint trash_of_account foreign key (user_id) references accounts on delete cascade;
create index trash_by_deleted_at on trash (user_id, deleted_at, id);
create index trash_by_age on trash (deleted_at);
--rollback drop table trash;
