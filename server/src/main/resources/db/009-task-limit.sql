--liquibase formatted sql

-- Counted by the database itself, so that the limit holds for every statement, however many servers write at once. The
-- count is locked after everything else that a transaction locks, and so nothing waits crosswise.
--changeset todo:009-task-counts splitStatements:false
create table task_counts (
    user_id text primary key references accounts on delete cascade,
    tasks integer not null,
    constraint task_limit check (tasks <= 100000)
);
insert into task_counts (user_id, tasks) select user_id, count(*) from tasks group by user_id;
create function count_tasks() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into task_counts (user_id, tasks) select user_id, count(*) from changed group by user_id
        on conflict (user_id) do update set tasks = task_counts.tasks + excluded.tasks;
    else
        update task_counts set tasks = task_counts.tasks - gone.tasks
        from (select user_id, count(*) as tasks from changed group by user_id) as gone
        where task_counts.user_id = gone.user_id;
    end if;
    return null;
end $$;
create trigger tasks_inserted after insert on tasks
    referencing new table as changed for each statement execute function count_tasks();
create trigger tasks_deleted after delete on tasks
    referencing old table as changed for each statement execute function count_tasks();
--rollback drop trigger tasks_deleted on tasks;
--rollback drop trigger tasks_inserted on tasks;
--rollback drop function count_tasks;
--rollback drop table task_counts;
