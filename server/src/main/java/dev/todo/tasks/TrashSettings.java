package dev.todo.tasks;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** For how many days a deleted task is kept ({@code TRASH_DAYS}). */
@ConfigurationProperties("trash")
record TrashSettings(@DefaultValue("30") int days) {
    private static final int MOST = 3650;

    TrashSettings {
        if (days < 1 || days > MOST) {
            throw new StartRefused("TRASH_DAYS must be a number of days from 1 to 3650, for example 30.");
        }
    }

    Duration time() {
        return Duration.ofDays(days);
    }
}
