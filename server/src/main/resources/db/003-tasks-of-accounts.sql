--liquibase formatted sql

-- Nothing can be written for an account that is gone, however late, and nothing of it stays behind.
--changeset todo:003-tasks-of-accounts
alter table accounts alter created_at set default now(), alter updated_at set default now();
insert into accounts (user_id, created_at, updated_at)
    select user_id, min(created_at), min(created_at) from tasks group by user_id
    on conflict do nothing;
alter table tasks add constraint tasks_of_account foreign key (user_id) references accounts on delete cascade;
--rollback alter table tasks drop constraint tasks_of_account;
--rollback alter table accounts alter created_at drop default, alter updated_at drop default;
