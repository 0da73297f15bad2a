package dev.todo.tasks.web;

import dev.todo.api.model.TaskReminderDraft;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.tasks.Reminder;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Rule;
import dev.todo.tasks.recurrence.RuleRefused;
import dev.todo.values.CaseFolding;
import dev.todo.values.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a client has written of a task, and collects what is wrong with it. */
final class TaskInput {
    /** White space as the contract's patterns know it, that is ECMA-262's; Java's own idea of it differs. */
    private static final String SPACE =
            "[\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";

    private static final Pattern OUTER_SPACE = Pattern.compile("^" + SPACE + "+|" + SPACE + "+$");

    private final List<InputError> errors = new ArrayList<>();

    static String trimmed(String text) {
        return OUTER_SPACE.matcher(text).replaceAll("");
    }

    List<String> tags(String field, @Nullable List<String> sent) {
        List<String> tags =
                sent == null ? List.of() : sent.stream().map(TaskInput::trimmed).toList();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            Integer first = seen.putIfAbsent(CaseFolding.of(tags.get(i)), i);
            if (first != null) {
                errors.add(InputError.at(
                        "/%s/%d".formatted(field, i),
                        "is the same tag as /%s/%d: send it once".formatted(field, first)));
            }
        }
        return tags;
    }

    @Nullable
    Due due(@Nullable LocalDate date, @Nullable String time, @Nullable String zone) {
        if (date == null && time != null) {
            errors.add(InputError.at("/due_time", "needs a due_date: send one, or null for this too"));
        }
        if (time == null && zone != null) {
            errors.add(InputError.at("/due_time_zone", "needs a due_time: send one, or null for this too"));
        }
        Optional<ZoneId> known = zone == null ? Optional.empty() : TimeZones.named(zone);
        if (zone != null && known.isEmpty()) {
            errors.add(InputError.at("/due_time_zone", TimeZones.REFUSAL));
        }
        LocalTime timeOfDay = time == null ? null : LocalTime.parse(time);
        return date == null ? null : new Due(date, timeOfDay, timeOfDay == null ? null : known.orElse(null));
    }

    @Nullable
    Rule rule(@Nullable String sent) {
        try {
            return sent == null ? null : Rule.parse(sent);
        } catch (RuleRefused refused) {
            errors.add(InputError.at("/recurrence", Objects.requireNonNull(refused.getMessage())));
            return null;
        }
    }

    List<Reminder> reminders(@Nullable List<TaskReminderDraft> sent) {
        List<Reminder> reminders = new ArrayList<>();
        for (int i = 0; sent != null && i < sent.size(); i++) {
            Integer minutes = sent.get(i).getMinutesBefore().orElse(null);
            OffsetDateTime at = sent.get(i).getRemindAt().orElse(null);
            if ((minutes == null) == (at == null)) {
                errors.add(InputError.at("/reminders/" + i, "must have either minutes_before or remind_at"));
            } else {
                reminders.add(new Reminder(minutes, at == null ? null : micros(at)));
            }
        }
        return reminders;
    }

    /** What the schema cannot say of a request as a whole. */
    void refuse(String pointer, String message) {
        errors.add(InputError.at(pointer, message));
    }

    void ensureGood() {
        if (!errors.isEmpty()) {
            throw Problem.invalid(ProblemType.INVALID_CONTENT, "The body breaks the contract. See errors.", errors);
        }
    }

    private static Instant micros(OffsetDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }
}
