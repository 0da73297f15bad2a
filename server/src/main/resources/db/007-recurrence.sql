--liquibase formatted sql

-- The first occurrence of a series has no first_id; completing an occurrence notes which one followed.
--changeset todo:007-recurrence
alter table tasks
    add column recurrence text check (char_length(recurrence) <= 255),
    add column recurrence_mode text not null default 'FIXED' check (recurrence_mode in ('FIXED', 'AFTER_COMPLETION')),
    add column first_id bigint,
    add column next_id bigint,
    add constraint tasks_recurrence_needs_due_date check (recurrence is null or due_date is not null);
create index tasks_by_series on tasks (user_id, first_id) where first_id is not null;
--rollback drop index tasks_by_series;
--rollback alter table tasks drop column recurrence, drop column recurrence_mode, drop column first_id, drop column next_id;
