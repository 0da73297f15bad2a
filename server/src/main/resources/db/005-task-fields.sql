--liquibase formatted sql

-- tag_keys holds the tags as they are compared. A reminder is a number of minutes, or a time.
--changeset todo:005-task-fields
alter table tasks
    add column priority smallint not null default 0 check (priority between 0 and 4),
    add column tags text[] not null default '{}' check (cardinality(tags) <= 20),
    add column tag_keys text[] not null default '{}',
    add column due_date date,
    add column due_time time,
    add column due_time_zone text,
    add column due_at timestamptz,
    add column reminders text[] not null default '{}' check (cardinality(reminders) <= 10),
    add constraint tasks_due_by_date_then_time_then_zone
        check ((due_time_zone is null or due_time is not null) and (due_time is null or due_date is not null)
            and (due_at is null) = (due_date is null)),
    add constraint tasks_tags_with_keys check (cardinality(tag_keys) = cardinality(tags));
--rollback alter table tasks drop column priority, drop column tags, drop column tag_keys, drop column due_date;
--rollback alter table tasks drop column due_time, drop column due_time_zone, drop column due_at;
--rollback alter table tasks drop column reminders;
