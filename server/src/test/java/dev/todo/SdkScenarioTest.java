package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.todo.client.generated.ApiClient;
import dev.todo.client.generated.ApiException;
import dev.todo.client.generated.ApiResponse;
import dev.todo.client.generated.SystemApi;
import dev.todo.client.generated.TasksApi;
import dev.todo.client.generated.model.HealthStatus;
import dev.todo.client.generated.model.Task;
import dev.todo.client.generated.model.TaskCreate;
import dev.todo.client.generated.model.TaskPage;
import dev.todo.client.generated.model.TaskPatch;
import dev.todo.client.generated.model.TaskReplace;
import dev.todo.client.generated.model.TaskSort;
import dev.todo.client.generated.model.TaskStatusFilter;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both halves of the contract together: our own client, made from it, speaks to the server, made from it. */
class SdkScenarioTest extends ServerTest {
    private TasksApi tasks;
    private SystemApi system;

    @BeforeEach
    void signIn() {
        ApiClient client = new ApiClient(null, null, "http://localhost:" + port) {
            @Override
            public HttpClient getHttpClient() {
                return new CheckedHttpClient();
            }
        };
        client.setObjectMapper(ApiClient.createDefaultObjectMapper());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token(user)));
        tasks = new TasksApi(client);
        system = new SystemApi(client);
    }

    @Test
    void aTasksWholeLife() throws ApiException {
        assertThat(system.getHealth().getStatus()).isEqualTo(HealthStatus.HEALTHY);

        Task rent =
                tasks.createTask("me", new TaskCreate().title("Miete zahlen 🏠").description("Überweisung"), null);
        assertThat(rent.getTitle()).isEqualTo("Miete zahlen 🏠");
        assertThat(tasks.getTask(user, rent.getId(), null)).isEqualTo(rent);

        Task renamed = tasks.updateTask(user, rent.getId(), new TaskPatch().title("Miete"), etag(rent));
        assertThat(renamed.getDescription()).isEqualTo("Überweisung");
        Task bare = tasks.updateTask(user, rent.getId(), new TaskPatch().description(null), etag(renamed));
        assertThat(bare.getDescription()).isNull();

        assertThat(tasks.completeTask(user, rent.getId(), null).getCompletedAt())
                .isNotNull();
        assertThat(tasks.reopenTask(user, rent.getId(), null).getCompleted()).isFalse();

        Task replaced = tasks.replaceTask(
                user, rent.getId(), new TaskReplace().title("Gas").completed(true), null);
        assertThat(replaced.getCompleted()).isTrue();

        refused(412, () -> tasks.deleteTask(user, rent.getId(), etag(rent)));
        tasks.deleteTask(user, rent.getId(), etag(replaced));
        refused(404, () -> tasks.getTask(user, rent.getId(), null));
    }

    @Test
    void aListIsWalkedPageByPage() throws ApiException {
        for (String title : List.of("c", "a", "B")) {
            tasks.createTask(user, new TaskCreate().title(title), null);
        }
        List<String> titles = new ArrayList<>();
        String cursor = null;
        do {
            TaskPage page = list(
                    user, TaskStatusFilter.PENDING, List.of(TaskSort.PRIORITY_DESCENDING, TaskSort.TITLE), 1, cursor);
            page.getItems().forEach(task -> titles.add(task.getTitle()));
            cursor = page.getNextCursor();
        } while (cursor != null);
        assertThat(titles).containsExactly("a", "B", "c");
    }

    private TaskPage list(
            String whose,
            @Nullable TaskStatusFilter status,
            @Nullable List<TaskSort> sort,
            @Nullable Integer limit,
            @Nullable String cursor)
            throws ApiException {
        return tasks.listTasks(
                whose, status, null, null, null, null, null, null, null, null, null, null, null, null, null, sort,
                limit, cursor);
    }

    @Test
    void aRefusalCarriesItsProblem() {
        ApiException refusal = refused(422, () -> tasks.createTask(user, new TaskCreate().title(" "), null));
        assertThat(refusal.getResponseBody()).contains("\"code\":\"invalid-content\"", "\"pointer\":\"/title\"");
        refused(403, () -> list("somebody-else", null, null, null, null));
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws ApiException {
        Task task = tasks.createTask(user, new TaskCreate().title("Read"), null);
        ApiException notModified = refused(304, () -> tasks.getTask(user, task.getId(), etag(task)));
        assertThat(notModified.getResponseBody()).isNullOrEmpty();
        ApiResponse<Task> changed = tasks.completeTaskWithHttpInfo(user, task.getId(), etag(task));
        assertThat(changed.getHeaders().get("etag")).containsExactly("\"2\"");
    }

    @Test
    void whatIsCreatedTwiceUnderOneKeyIsCreatedOnce() throws ApiException {
        TaskCreate rent = new TaskCreate().title("Rent").description("Überweisung");
        Task created = tasks.createTask(user, rent, "rent-of-may");
        tasks.completeTask(user, created.getId(), null);

        ApiResponse<Task> again = tasks.createTaskWithHttpInfo(user, rent, "rent-of-may");

        assertThat(again.getData()).isEqualTo(created);
        assertThat(again.getHeaders().get("idempotency-replayed")).containsExactly("true");
        refused(422, () -> tasks.createTask(user, rent.title("Gas"), "rent-of-may"));
    }

    private static String etag(Task task) {
        return "\"" + task.getVersion() + "\"";
    }

    private static ApiException refused(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        ApiException refusal =
                assertThatExceptionOfType(ApiException.class).isThrownBy(call).actual();
        assertThat(refusal.getCode()).isEqualTo(status);
        return refusal;
    }
}
