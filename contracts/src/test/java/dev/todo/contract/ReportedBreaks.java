package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedApiResponse;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedHeader;
import org.openapitools.openapidiff.core.model.ChangedHeaders;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameter;
import org.openapitools.openapidiff.core.model.ChangedParameters;
import org.openapitools.openapidiff.core.model.ChangedRequestBody;
import org.openapitools.openapidiff.core.model.ChangedSchema;

/** What openapi-diff finds, each where it is: it compares what an operation has, and knows nothing of components. */
final class ReportedBreaks {
    /** As the contract's Growth section has it: clients are ready for new values in answers. */
    private static final OpenApiDiffOptions OPTIONS = OpenApiDiffOptions.builder()
            .configProperty("incompatible.response.enum.increased", "false")
            .build();

    private final String operation;
    private final Breaks breaks;
    private final Set<ChangedSchema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ReportedBreaks(String operation, Breaks breaks) {
        this.operation = operation;
        this.breaks = breaks;
    }

    static Breaks between(Document released, Document present) {
        ChangedOpenApi diff = OpenApiCompare.fromContents(
                released.root().toString(), present.root().toString(), List.of(), OPTIONS);
        Breaks breaks = new Breaks();
        diff.getMissingEndpoints()
                .forEach(gone -> breaks.add(
                        gone.getOperation().getOperationId(),
                        gone.getOperation().getOperationId(),
                        "is gone"));
        Map<String, ? extends JsonNode> before = released.operations();
        Map<String, ? extends JsonNode> after = present.operations();
        diff.getChangedOperations().stream()
                .filter(ChangedOperation::isIncompatible)
                .forEach(changed -> {
                    String id = changed.getOldOperation().getOperationId();
                    String now = changed.getNewOperation().getOperationId();
                    new ReportedBreaks(id, breaks)
                            .operation(Place.of(released, present, id, before.get(id), after.get(now)), changed);
                });
        if (diff.isIncompatible() && breaks.sentences().isEmpty()) {
            breaks.add("openapi-diff", "openapi-diff", "calls it a break, and does not say why");
        }
        return breaks;
    }

    private void operation(Place place, ChangedOperation changed) {
        if (changed.resultSecurityRequirements().isIncompatible()) {
            add(place, place.change("security"));
        }
        if (isBreak(changed.getParameters())) {
            parameters(place, changed.getParameters());
        }
        if (changed.resultRequestBody().isIncompatible()) {
            body(place.inside(" body", "requestBody"), changed.getRequestBody());
        }
        if (changed.resultApiResponses().isIncompatible()) {
            answers(place, changed.getApiResponses());
        }
    }

    private void parameters(Place place, ChangedParameters changed) {
        changed.getMissing()
                .forEach(gone -> add(place, "takes no %s %s any more".formatted(gone.getIn(), gone.getName())));
        changed.getIncreased().stream()
                .filter(fresh -> Boolean.TRUE.equals(fresh.getRequired()))
                .forEach(fresh -> add(place, "needs %s %s".formatted(fresh.getIn(), fresh.getName())));
        changed.getChanged().stream().filter(ReportedBreaks::isBreak).forEach(parameter -> {
            Place there = place.parameter(parameter.getIn() + " " + parameter.getName());
            parameter(there, parameter);
        });
    }

    private void parameter(Place place, ChangedParameter changed) {
        if (changed.isChangeRequired()) {
            add(place, "is required now");
        }
        if (changed.isChangeStyle()) {
            add(place, place.change("style"));
        }
        if (changed.isChangeExplode()) {
            add(place, place.change("explode"));
        }
        if (changed.isChangeAllowEmptyValue()) {
            add(place, place.change("allowEmptyValue"));
        }
        schema(place.inside("", "schema"), changed.getSchema());
        content(place, changed.getContent());
    }

    private void body(Place place, ChangedRequestBody changed) {
        if (changed.getNewRequestBody() == null) {
            add(place, "is not taken any more");
            return;
        }
        if (changed.getOldRequestBody() == null || changed.isChangeRequired()) {
            add(place, "is needed");
        }
        content(place, changed.getContent());
    }

    private void answers(Place place, ChangedApiResponse changed) {
        changed.getMissing().keySet().forEach(status -> add(place, "never answers " + status));
        changed.getChanged().forEach((status, answer) -> {
            Place there = place.inside(" " + status, "responses", status);
            headers(there, answer.getHeaders());
            content(there, answer.getContent());
        });
    }

    private void headers(Place place, ChangedHeaders changed) {
        if (isBreak(changed)) {
            changed.getMissing().keySet().forEach(name -> add(place, "has no header " + name));
            changed.getChanged().forEach((name, header) -> header(place.inside("/" + name, "headers", name), header));
        }
    }

    private void header(Place place, ChangedHeader changed) {
        if (changed.isRequired()) {
            add(place, place.after().path("required").asBoolean() ? "is required now" : "is not required now");
        }
        if (changed.isStyle() || changed.isExplode()) {
            add(place, "is written in another style");
        }
        schema(place.inside("", "schema"), changed.getSchema());
    }

    private void content(Place place, ChangedContent changed) {
        if (isBreak(changed)) {
            changed.getMissing().keySet().forEach(type -> add(place, "is never " + type));
            changed.getChanged()
                    .forEach((type, media) -> schema(place.inside("", "content", type, "schema"), media.getSchema()));
        }
    }

    private void schema(Place place, ChangedSchema changed) {
        if (!isBreak(changed) || !seen.add(changed)) {
            return;
        }
        List<String> keywords = changed.getChangedElements().stream()
                .filter(Objects::nonNull)
                .filter(part -> !(part instanceof ChangedSchema) && part.isIncompatible())
                .map(part -> part.getClass().getSimpleName().substring("Changed".length()))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .toList();
        keywords.forEach(keyword -> add(place, place.change(keyword)));
        changed.getChangedProperties().forEach((field, part) -> schema(place.field(field), part));
        schema(place.inside("/items", "items"), changed.getItems());
        schema(place.inside("/additionalProperties", "additionalProperties"), changed.getAddProp());
        if (changed.isCoreChanged().isIncompatible()) {
            add(place, changed.isChangedType() ? place.change("type") : "is not compatible");
        }
    }

    private static boolean isBreak(Changed changed) {
        return changed != null && changed.isIncompatible();
    }

    private void add(Place place, String what) {
        breaks.add(operation, place.name(), what);
    }
}
