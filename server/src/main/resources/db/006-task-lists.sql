--liquibase formatted sql

-- Words without case and accents, and with nothing but spaces between them: "Ärger-los" is "arger los".
--changeset todo:006-task-words
create function task_words(words text) returns text
    language sql immutable strict parallel safe
    return replace(
        regexp_replace(
            regexp_replace(
                normalize(lower(upper(words collate "und-x-icu")), nfkd) collate "und-x-icu",
                '[\u0300-\u036f]', '', 'g'),
            '[^[:alnum:]]+', ' ', 'g'),
        'ς', 'σ');
create function task_query(words text) returns tsquery
    language sql immutable strict parallel safe
    return to_tsquery('simple', (
        select string_agg('''' || word || ''':*', ' & ')
        from unnest(string_to_array(task_words(words), ' ')) as word
        where word <> ''));
--rollback drop function task_query;
--rollback drop function task_words;

--changeset todo:006-task-search
alter table tasks add column search tsvector not null generated always as (
    setweight(to_tsvector('simple', task_words(title)), 'A')
        || setweight(to_tsvector('simple', task_words(coalesce(description, ''))), 'D')) stored;
--rollback alter table tasks drop column search;

-- Tasks without a due come last in either direction, so each direction would need an index: the other one sorts.
--changeset todo:006-tasks-by-due-at
create index tasks_by_due_at on tasks (user_id, coalesce(due_at, 'infinity'), id);
--rollback drop index tasks_by_due_at;
