package dev.todo.transfer.web;

import dev.todo.api.model.TaskCreate;
import dev.todo.api.model.TaskImport;
import dev.todo.problem.InputError;
import dev.todo.problem.NoSuchValue;
import dev.todo.problem.Problem;
import dev.todo.tasks.ImportedLine;
import dev.todo.tasks.ImportedTask;
import dev.todo.tasks.TaskDraft;
import dev.todo.tasks.web.TaskRepresentation;
import dev.todo.transfer.Entry;
import dev.todo.transfer.LineContract;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Judges each task of a file as the body of a request to create it, and reads what an import keeps besides. */
@Component
class ImportReader {
    private final LineContract contract;
    private final ObjectReader draft;
    private final ObjectReader history;

    ImportReader(LineContract contract, JsonMapper json) {
        this.contract = contract;
        this.draft = json.readerFor(TaskCreate.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.history = json.readerFor(TaskImport.class);
    }

    ImportedLine read(Entry entry) {
        byte[] json = entry.json();
        if (json == null) {
            return ImportedLine.bad(entry.line(), List.of(InputError.at("", String.valueOf(entry.refusal()))));
        }
        List<InputError> errors = contract.errors(json);
        if (!errors.isEmpty()) {
            return ImportedLine.bad(entry.line(), errors);
        }
        try {
            return ImportedLine.good(entry.line(), task(json));
        } catch (Problem invalid) {
            return ImportedLine.bad(entry.line(), invalid.errors());
        } catch (DatabindException unreadable) {
            return ImportedLine.bad(entry.line(), List.of(NoSuchValue.error(unreadable)));
        }
    }

    private ImportedTask task(byte[] json) {
        TaskDraft task = TaskRepresentation.draft(draft.<TaskCreate>readValue(json));
        TaskImport known = history.readValue(json);
        boolean completedNow = task.completed() && !known.getCompletedAt().isPresent();
        return new ImportedTask(
                task,
                completedNow,
                micros(known.getCompletedAt().orElse(null)),
                micros(known.getCreatedAt()),
                known.getId(),
                known.getSeriesId().orElse(null),
                known.getNextOccurrenceId().orElse(null));
    }

    private static @Nullable Instant micros(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }
}
