package dev.todo.client;

import dev.todo.client.generated.model.ImportReportJson;
import java.util.List;

/**
 * What came of an import.
 *
 * <pre>{@code
 * ImportReport report = todo.tasks().importWhatIsGood(Path.of("tasks.ics"), TaskFormat.ICALENDAR);
 * System.out.println(report.imported() + " tasks are here, " + report.failed() + " are not:");
 * for (ImportError error : report.errors()) {
 *     System.out.println("line " + error.line() + " " + error.message());
 * }
 * }</pre>
 */
public final class ImportReport extends View<ImportReportJson> {
    ImportReport(ImportReportJson json) {
        super(json);
    }

    /** How many tasks were made. */
    public int imported() {
        return json.imported();
    }

    /** How many entries could not be imported. */
    public int failed() {
        return json.failed();
    }

    /** What was wrong, up to a hundred of them. */
    public List<ImportError> errors() {
        return json.errors().stream().map(ImportError::new).toList();
    }
}
