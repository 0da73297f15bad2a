package dev.todo.tasks;

import dev.todo.accounts.UserTimeZones;
import dev.todo.database.Database;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.tasks.ImportRun.Sound;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes in tasks from elsewhere, portion by portion. Their lines are read twice, once to judge them all and once to write
 * those that are good, so that they need not be held meanwhile.
 */
@Component
public class TaskImports {
    private static final int PORTION = 500;

    private final TaskImportStore store;
    private final UserTimeZones zones;
    private final Database database;
    private final InstantSource clock;
    private final ImportSlots slots = new ImportSlots();

    TaskImports(TaskImportStore store, UserTimeZones zones, Database database, InstantSource clock) {
        this.store = store;
        this.zones = zones;
        this.database = database;
        this.clock = clock;
    }

    /** All of them, or a refusal. */
    public Mono<ImportReport> importAll(String userId, Flux<ImportedLine> lines) {
        return run(userId, lines, TaskImports::ensureWhole);
    }

    /** Those that are good. */
    public Mono<ImportReport> importGood(String userId, Flux<ImportedLine> lines) {
        return run(userId, lines, run -> run);
    }

    private Mono<ImportReport> run(String userId, Flux<ImportedLine> lines, UnaryOperator<ImportRun> check) {
        return slots.begin(
                userId,
                zones.of(userId)
                        .flatMap(zone -> judged(zone, lines).map(check))
                        .flatMap(run -> run.report().imported() == 0
                                ? Mono.just(run.report())
                                : database.transaction(slots.goOn(
                                        userId,
                                        zones.kept(userId)
                                                .flatMap(zone -> zone.equals(run.zone)
                                                        ? Mono.just(run)
                                                        : judged(zone, lines).map(check))
                                                .flatMap(kept -> write(userId, lines, kept))))));
    }

    /** Before the transaction, which locks the user's account; again in it for whoever has moved to another zone. */
    private Mono<ImportRun> judged(ZoneId zone, Flux<ImportedLine> lines) {
        return Mono.defer(() -> {
            ImportRun run = new ImportRun(zone, clock.instant());
            return lines.doOnNext(run::judge).then(Mono.just(run));
        });
    }

    private Mono<ImportReport> write(String userId, Flux<ImportedLine> lines, ImportRun run) {
        return lines.mapNotNull(run::sound)
                .buffer(PORTION)
                .index()
                .concatMap(
                        portion -> insert(userId, Math.toIntExact(portion.getT1()) * PORTION, portion.getT2(), run), 1)
                .then(Mono.fromSupplier(run::report));
    }

    private Mono<Long> insert(String userId, int place, List<Sound> portion, ImportRun run) {
        List<ImportedTask> tasks = portion.stream().map(Sound::task).toList();
        return store.newIds(run.ids.needs(tasks, place))
                .map(fresh -> run.ids.tie(tasks, place, fresh))
                .flatMap(ids -> store.insert(userId, portion, ids, run.now));
    }

    private static ImportRun ensureWhole(ImportRun run) {
        ImportReport report = run.report();
        if (report.failed() > 0) {
            throw Problem.invalid(
                    ProblemType.INVALID_CONTENT,
                    "Not all of the file can be imported, so nothing was. Mend what errors names, or send it with on_error=skip.",
                    report.errors());
        }
        return run;
    }
}
