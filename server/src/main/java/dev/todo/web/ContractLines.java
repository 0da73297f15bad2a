package dev.todo.web;

import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.transfer.LineContract;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;

/** Holds each line of an import to its schema, as {@link ContractValidator} holds a body to the schema of its operation. */
final class ContractLines implements LineContract {
    private static final Schema<?> LINE = new Schema<>().$ref("#/components/schemas/TaskImport");

    private final SchemaValidator validator;
    private final ContractViolations violations;

    ContractLines(OpenAPI document) {
        this.validator = new SchemaValidator(
                document, new MessageResolver(LevelResolver.create().build()));
        this.violations = new ContractViolations(document);
    }

    @Override
    public List<InputError> errors(byte[] line) {
        JsonBody body;
        try {
            body = JsonBody.parseLine(line);
        } catch (Problem unreadable) {
            return List.of(InputError.at("", unreadable.detail()));
        }
        List<InputError> errors = body.brokenTexts();
        for (ValidationReport.Message message :
                validator.validate(body::json, LINE, "line").getMessages()) {
            errors.addAll(violations.ofBody(message, body.json(), LINE));
        }
        return errors.stream().distinct().toList();
    }
}
