package dev.todo.tasks;

import dev.todo.database.Database;
import dev.todo.tasks.ImportRun.Sound;
import dev.todo.tasks.NewIds.Tied;
import dev.todo.tasks.recurrence.Due;
import dev.todo.values.CaseFolding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of tasks that come in many at a time. */
@Repository
class TaskImportStore {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Database database;

    TaskImportStore(Database database) {
        this.database = database;
    }

    /** Drawn before the tasks are there, since they name each other. */
    Mono<List<Long>> newIds(int count) {
        return database.sql("select nextval(pg_get_serial_sequence('tasks', 'id')) from generate_series(1, :count)")
                .bind("count", count)
                .list(row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    /** A portion in one statement, and so counted once; as JSON, since rows of arrays fit into no array. */
    Mono<Long> insert(String userId, List<Sound> portion, List<Tied> ids, Instant now) {
        List<Map<String, @Nullable Object>> rows = IntStream.range(0, portion.size())
                .mapToObj(i -> row(portion.get(i), ids.get(i), now))
                .toList();
        return TaskLimit.within(database.sql("""
                        insert into tasks (user_id, id, title, description, completed, priority, tags, tag_keys,
                            due_date, due_time, due_time_zone, reminders, recurrence, recurrence_mode, completed_at, due_at,
                            first_id, next_id, created_at, updated_at)
                        select :user_id, id, title, description, completed, priority, tags, tag_keys,
                            due_date, due_time, due_time_zone, reminders, recurrence, recurrence_mode, completed_at, due_at,
                            first_id, next_id, created_at, :now
                        from json_to_recordset(:rows::json) as imported (id bigint, title text, description text,
                            completed boolean, priority smallint, tags text[], tag_keys text[], due_date date, due_time time,
                            due_time_zone text, reminders text[], recurrence text, recurrence_mode text,
                            completed_at timestamptz, due_at timestamptz, first_id bigint, next_id bigint,
                            created_at timestamptz)
                        """)
                .bind("user_id", userId)
                .bind("now", now)
                .bind("rows", JSON.writeValueAsString(rows))
                .count());
    }

    private static Map<String, @Nullable Object> row(Sound sound, Tied ids, Instant now) {
        TaskDraft draft = sound.task().draft();
        Due due = draft.due();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", ids.id());
        row.put("title", draft.title());
        row.put("description", draft.description());
        row.put("completed", draft.completed());
        row.put("priority", draft.priority().rank);
        row.put("tags", draft.tags());
        row.put("tag_keys", draft.tags().stream().map(CaseFolding::of).toList());
        row.put("due_date", due == null ? null : due.date().toString());
        row.put("due_time", due == null ? null : text(due.time()));
        row.put("due_time_zone", due == null ? null : text(due.zone()));
        row.put("reminders", draft.reminders().stream().map(Reminder::text).toList());
        row.put("recurrence", text(draft.rule()));
        row.put("recurrence_mode", draft.mode().name());
        row.put("completed_at", text(sound.task().completedAt(now)));
        row.put("due_at", text(sound.dueAt()));
        row.put("first_id", ids.firstId());
        row.put("next_id", ids.nextId());
        row.put("created_at", text(sound.task().createdAt(now)));
        return row;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
