package dev.todo.contract;

import static dev.todo.contract.Fixture.NEXT_MAJOR;
import static dev.todo.contract.Fixture.NEXT_MINOR;
import static dev.todo.contract.Fixture.allOperations;
import static dev.todo.contract.Fixture.changed;
import static dev.todo.contract.Fixture.complaints;
import static dev.todo.contract.Fixture.withVersion;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each change that breaks a client is found, and no other. */
class BreaksTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an operation removed                       | /paths/{tasks}                                              | {"post": null}
            an operation named anew                    | /paths/{tasks}/post                                         | {"operationId": "makeTask"}
            an operation under another tag             | /paths/{tasks}/post                                         | {"tags": ["Bulk"]}
            a field of answers removed                 | /components/schemas/Task                                    | {"properties": {"version": null}, "required": ["id"]}
            a field of part of an answer removed       | /components/schemas/TagUse                                  | {"properties": {"tasks": null}, "required": ["name"]}
            an optional field of answers removed       | /components/schemas/Problem                                 | {"properties": {"errors": null}}
            a field that answers may leave out         | /components/schemas/Health                                  | {"required": []}
            a field that may be null in answers        | /components/schemas/Account                                 | {"properties": {"created_at": {"nullable": true}}}
            an enumeration of answers narrowed         | /components/schemas/ProblemCode                             | {"enum": ["not-found"]}
            an answer's field of another type          | /components/schemas/Task                                    | {"properties": {"completed": {"type": "string"}}}
            an answer's field of another format        | /components/schemas/Task                                    | {"properties": {"created_at": {"format": "date"}}}
            items of another type                      | /components/schemas/Task                                    | {"properties": {"tags": {"items": {"$ref": "#/components/schemas/TaskId"}}}}
            an exported line without a field           | /components/schemas/ExportedLines                           | {"x-line-schema": {"$ref": "#/components/schemas/TaskImport"}}
            another status of success                  | /paths/{tasks}/post/responses                               | {"201": null, "200": {"$ref": "#/components/responses/NotFound"}}
            one more status of success                 | /paths/{tasks}/post/responses                               | {"202": {"$ref": "#/components/responses/NotFound"}}
            another content type of answers            | /paths/~1health/get/responses/200/content                   | {"application/json": null, "text/plain": {"schema": {"$ref": "#/components/schemas/Health"}}}
            a header of answers removed                | /paths/{tasks}/post/responses/201/headers                   | {"ETag": null}
            a header that answers may leave out        | /components/headers/ETag                                    | {"required": false}
            a header of another type                   | /components/headers/Retry-After                             | {"schema": {"type": "string"}}
            a field of requests removed                | /components/schemas/TaskCreate                              | {"properties": {"priority": null}}
            a new required field                       | /components/schemas/TaskCreate                              | {"properties": {"colour": {"type": "string"}}, "required": ["title", "colour"]}
            a field that is required now               | /components/schemas/TaskCreate                              | {"required": ["title", "priority"]}
            a field of a part that is required now     | /components/schemas/TaskReminderDraft                       | {"required": ["remind_at"]}
            a field that must not be null any more     | /components/schemas/MinutesBefore                           | {"nullable": null}
            a request's field of another type          | /components/schemas/TaskCreate                              | {"properties": {"completed": {"type": "integer"}}}
            an enumeration of requests narrowed        | /components/schemas/OnError                                 | {"enum": ["abort"]}
            an enumeration of both narrowed            | /components/schemas/TaskPriority                            | {"enum": ["none", "low", "medium", "high"]}
            an enumeration of items narrowed           | /components/schemas/TaskSort                                | {"enum": ["created_at"]}
            a tighter maxLength                        | /components/schemas/NewPassword                             | {"maxLength": 64}
            a tighter minLength                        | /components/schemas/NewPassword                             | {"minLength": 12}
            a tighter pattern                          | /components/schemas/IdempotencyKey                          | {"pattern": "^[a-z]+$"}
            a new pattern                              | /components/schemas/DueDate                                 | {"pattern": "^2.+$"}
            a tighter maximum                          | /components/parameters/Limit                                | {"schema": {"maximum": 100}}
            a tighter minimum                          | /components/parameters/Limit                                | {"schema": {"minimum": 10}}
            a tighter maxItems                         | /components/schemas/TaskIds                                 | {"maxItems": 50}
            a tighter minItems                         | /components/schemas/TaskIds                                 | {"minItems": 2}
            items that must differ                     | /components/schemas/TaskCreate                              | {"properties": {"tags": {"uniqueItems": true}}}
            fields of which some must be there         | /components/schemas/TaskPatch                               | {"minProperties": 1}
            another default                            | /components/parameters/Limit                                | {"schema": {"default": 20}}
            a line of a file that needs a field        | /components/schemas/TaskImport                              | {"required": ["title", "priority"]}
            a line of a file without a field           | /components/schemas/TaskImport                              | {"properties": {"completed_at": null}}
            a new body                                 | /paths/~1api~1auth~1logout/post                             | {"requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/LogIn"}}}}}
            a body removed                             | /paths/{tasks}/post                                         | {"requestBody": null}
            a content type of requests removed         | /paths/{task}/patch/requestBody/content                     | {"application/json": null}
            a parameter removed                        | /paths/{tasks}/post                                         | {"parameters": []}
            a new required parameter                   | /paths/{tasks}/post                                         | {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}, {"in": "query", "name": "colour", "required": true, "schema": {"type": "string"}}]}
            a parameter that is required now           | /components/parameters/OnError                              | {"required": true}
            a parameter in another place               | /components/parameters/OnError                              | {"in": "header"}
            a parameter in another style               | /components/parameters/Sort                                 | {"explode": true}
            a parameter of another type                | /components/schemas/Cursor                                  | {"type": "integer"}
            security removed                           | /paths/{tasks}/get                                          | {"security": []}
            security added                             | /paths/~1health/get                                         | {"security": null}
            security removed everywhere                | ``                                                          | {"security": null}
            another scheme of security                 | /components/securitySchemes/bearer                          | {"scheme": "basic"}
            a schema removed                           | /components/schemas                                         | {"HealthStatus": null, "Health": {"properties": {"status": {"$ref": null, "type": "string", "enum": ["healthy"]}}}}
            a parameter of only some values            | /components/schemas/SearchWords                             | {"enum": ["milk", "rent"]}
            a header of only some values               | /components/schemas/IdempotencyKey                          | {"enum": ["a", "b"]}
            a field of only some values                | /components/schemas/NewPassword                             | {"enum": ["secret", "more secret"]}
            items of only some values                  | /components/schemas/TaskTag                                 | {"enum": ["home", "work"]}
            a new minLength                            | /components/schemas/TaskDescription                         | {"minLength": 1}
            a new minItems                             | /components/schemas/TaskCreate                              | {"properties": {"tags": {"minItems": 1}}}
            a new minProperties                        | /components/schemas/TaskCreate                              | {"minProperties": 2}
            a new maxProperties                        | /components/schemas/TaskCreate                              | {"maxProperties": 2}
            a new multipleOf                           | /components/schemas/TaskImport                              | {"properties": {"version": {"multipleOf": 3}}}
            a new minimum where there was none         | /components/schemas/TaskImport                              | {"properties": {"next_occurrence_id": {"minimum": 1}}}
            a maximum that is not itself taken         | /components/parameters/Limit                                | {"schema": {"exclusiveMaximum": true}}
            a line with a tighter maxLength            | /components/schemas/TaskImport                              | {"properties": {"user_id": {"maxLength": 10}}}
            a line with another pattern                | /components/schemas/TaskImport                              | {"properties": {"user_id": {"pattern": "^[a-z]+$"}}}
            a line with fewer items                    | /components/schemas/TaskImport                              | {"properties": {"tags": {"maxItems": 2}}}
            a line of only some values                 | /components/schemas/TaskImport                              | {"properties": {"user_id": {"enum": ["alice"]}}}
            lines of which nothing is said             | /components/schemas/ImportedLines                           | {"x-line-schema": null}
            exported lines of which nothing is said    | /components/schemas/ExportedLines                           | {"x-line-schema": null}
            lines where there was any text             | /components/schemas/CalendarFile                            | {"x-line-schema": {"type": "string"}}
            another server                             | ``                                                          | {"servers": [{"url": "/v2"}]}
            another server first                       | ``                                                          | {"servers": [{"url": "/v2"}, {"url": "/"}]}
            another server for a path                  | /paths/{tasks}                                              | {"servers": [{"url": "/v2"}]}
            another server for an operation            | /paths/{tasks}/post                                         | {"servers": [{"url": "/v2"}]}
            other names of values                      | /components/schemas/TaskSort                                | {"x-enum-varnames": ["CREATED"]}
            names for values that had none             | /components/schemas/OnError                                 | {"x-enum-varnames": ["STOP", "SKIP"]}
            a redirect                                 | /paths/{tasks}/get/responses                                | {"302": {"description": "Elsewhere."}}
            an answer that was not changed             | /paths/{tasks}/get/responses                                | {"304": {"description": "The same."}}
            an answer that has a body now              | /paths/{task}/delete/responses/204                          | {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Task"}}}}
            some that are not taken                    | /components/schemas/TaskCreate                              | {"not": {"required": ["recurrence"]}}
            a text that is not taken                   | /components/schemas/SearchWords                             | {"not": {"enum": ["milk"]}}
            one of several that is taken               | /components/schemas/TaskCreate                              | {"oneOf": [{"required": ["due_date"]}, {"required": ["tags"]}]}
            any of several that is taken               | /components/schemas/TaskCreate                              | {"anyOf": [{"required": ["due_date"]}, {"required": ["tags"]}]}
            all of several that is taken               | /components/schemas/TaskCreate                              | {"allOf": [{"required": ["due_date"]}]}
            a header that may be null                  | /components/headers/Retry-After                             | {"schema": {"nullable": true}}
            a header of another format                 | /components/headers/ETag                                    | {"schema": {"format": "uuid"}}
            an answer without other fields             | /components/schemas/ContractJson                            | {"additionalProperties": false}
            an answer with fields of one type          | /components/schemas/ContractJson                            | {"additionalProperties": {"type": "string"}}
            an answer of another name                  | ``                                                          | {"components": {"schemas": {"Well": {"type": "object", "required": ["status"], "properties": {"status": {"$ref": "#/components/schemas/HealthStatus"}}}}}, "paths": {"/health": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Well"}}}}}}}}}
            an answer without a name                   | /paths/~1health/get/responses/200/content/application~1json | {"schema": {"$ref": null, "type": "object", "required": ["status"], "properties": {"status": {"$ref": "#/components/schemas/HealthStatus"}}}}
            a field of an answer with only some values | /components/schemas/Problem                                 | {"properties": {"title": {"enum": ["Not found"]}}}
            """)
    void aBreakNeedsANewMajorVersion(String change, String where, String patch) throws IOException {
        Document changed = withVersion(changed(where, patch), NEXT_MINOR);

        assertThat(complaints(changed, allOperations(changed)))
                .as(change)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Clients of 1.0.0 break: take this back, or make info.version 2.0.0.\n  ");
    }

    @Test
    void aNewMajorVersionMayBreak() throws IOException {
        Document changed = withVersion(changed("/paths/{tasks}", "{\"post\": null}"), NEXT_MAJOR);

        assertThat(complaints(changed, Set.of("createTask"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a new operation                  | /paths                            | {"/api/colours": {"get": {"operationId": "listColours", "responses": {"200": {"description": "All."}}}}}
            a deprecated operation           | /paths/{tasks}/post               | {"deprecated": true}
            a new field of answers           | /components/schemas/TagUse        | {"properties": {"colour": {"type": "string"}}, "required": ["name", "tasks", "colour"]}
            a new value in answers           | /components/schemas/HealthStatus  | {"enum": ["healthy", "tired"]}
            a new value in both              | /components/schemas/TaskPriority  | {"enum": ["none", "low", "medium", "high", "urgent", "later"]}
            a new value in requests          | /components/schemas/OnError       | {"enum": ["abort", "skip", "ask"]}
            a new optional field of requests | /components/schemas/TaskCreate    | {"properties": {"colour": {"type": "string"}}}
            a field that is optional now     | /components/schemas/TaskCreate    | {"required": []}
            a new optional field of lines    | /components/schemas/TaskImport    | {"properties": {"colour": {"type": "string"}}}
            a new optional parameter         | /paths/{tasks}/post               | {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}, {"$ref": "#/components/parameters/OnError"}]}
            a new header of answers          | /paths/{tasks}/post/responses/201 | {"headers": {"X-Colour": {"required": true, "schema": {"type": "string"}}}}
            a new refusal                    | /paths/{tasks}/get/responses      | {"404": {"$ref": "#/components/responses/NotFound"}}
            a looser maxLength               | /components/schemas/NewPassword   | {"maxLength": 256}
            a looser maximum                 | /components/parameters/Limit      | {"schema": {"maximum": 500}}
            null where it was refused        | /components/schemas/SearchWords   | {"nullable": true}
            a field that is never null now   | /components/schemas/TaskStats     | {"properties": {"completion_rate": {"nullable": false}}}
            one more server                  | ``                                | {"servers": [{"url": "/"}, {"url": "https://todo.example"}]}
            fewer of several things          | /components/schemas/TaskIds       | {"minItems": 0}
            any other fields of requests     | /components/schemas/LogIn         | {"additionalProperties": true}
            a new value with a name          | /components/schemas/TaskSort      | {"enum": ["shuffled", "created_at", "-created_at", "updated_at", "-updated_at", "title", "-title", "due_at", "-due_at", "priority", "-priority", "completed_at", "-completed_at", "relevance", "-relevance"], "x-enum-varnames": ["SHUFFLED", "CREATED_AT", "CREATED_AT_DESCENDING", "UPDATED_AT", "UPDATED_AT_DESCENDING", "TITLE", "TITLE_DESCENDING", "DUE_AT", "DUE_AT_DESCENDING", "PRIORITY", "PRIORITY_DESCENDING", "COMPLETED_AT", "COMPLETED_AT_DESCENDING", "RELEVANCE", "RELEVANCE_DESCENDING"]}
            """)
    void growthNeedsNoNewMajorVersion(String change, String where, String patch) throws IOException {
        Document changed = withVersion(changed(where, patch), NEXT_MINOR);

        assertThat(complaints(changed, allOperations(changed))).as(change).isEmpty();
    }
}
