package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lists, walked by whoever waits for them. */
class PagingTest extends FaultTest {
    private static final String LIST = "GET /api/me/tasks?status=pending&limit=2";

    private Listing<Task> pending() {
        return todo.tasks().list(TaskQuery.pending().pageSize(2));
    }

    private void threePages() {
        server.script(
                Behaviour.json(page("c/2 +", 1, 2)), Behaviour.json(page("c3", 3, 4)), Behaviour.json(page(null, 5)));
    }

    @Test
    void aWalkAsksForEachPageWhenItIsNeeded() {
        threePages();
        List<Long> ids = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();

        for (Task task : pending()) {
            ids.add(task.id());
            asked.add(server.requests().size());
        }

        assertThat(ids).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(asked).containsExactly(1, 1, 2, 2, 3);
        assertThat(server.lines()).containsExactly(LIST, LIST + "&cursor=c%2F2%20%2B", LIST + "&cursor=c3");
    }

    @Test
    void nothingIsAskedForBeforeTheWalk() {
        Listing<Task> list = pending();
        Iterator<Task> items = list.iterator();
        assertThat(list.stream()).isNotNull();
        assertThat(server.requests()).isEmpty();

        server.script(Behaviour.json(page(null, 1)));
        assertThat(items.next().id()).isEqualTo(1);
        assertThat(items.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(items::next);
    }

    @Test
    void aStreamEndsWithWhatItNeeds() {
        threePages();

        assertThat(pending().stream().map(Task::id).limit(3)).containsExactly(1L, 2L, 3L);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aListMayBeWalkedTwice() {
        threePages();
        threePages();
        Listing<Task> list = pending();

        assertThat(list.toList()).hasSize(5);
        assertThat(list.toList()).hasSize(5);
        assertThat(server.lines().get(3)).isEqualTo(LIST);
    }

    @Test
    void pagesComeOneByOne() {
        threePages();

        List<Integer> sizes = new ArrayList<>();
        pending().pages().forEach(page -> sizes.add(page.items().size()));

        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void aPageMayBeLookedAtByItself() {
        server.script(Behaviour.json(page("c3", 3, 4)));

        Page<Task> page = pending().page("c2");

        assertThat(page.nextCursor()).isEqualTo("c3");
        assertThat(server.lines()).containsExactly(LIST + "&cursor=c2");
    }

    @Test
    void pagesMayBeEmpty() {
        server.script(Behaviour.json(page("c2")), Behaviour.json(page("c3", 1)), Behaviour.json(page(null)));
        assertThat(pending().stream().map(Task::id)).containsExactly(1L);

        server.script(Behaviour.json(page(null)));
        assertThat(pending()).isEmpty();
    }

    @Test
    void aWalkGoesOnAfterAFailure() {
        server.script(
                Behaviour.json(page("c2", 1, 2)), Behaviour.problem(500, "internal"), Behaviour.json(page(null, 3)));
        Iterator<Task> items = pending().iterator();
        assertThat(items.next().id()).isEqualTo(1);
        assertThat(items.next().id()).isEqualTo(2);

        assertThatThrownBy(items::hasNext).isInstanceOf(ServerException.class);

        assertThat(items.next().id()).isEqualTo(3);
        assertThat(items.hasNext()).isFalse();
        assertThat(server.lines()).containsExactly(LIST, LIST + "&cursor=c2", LIST + "&cursor=c2");
    }

    @Test
    void tagsTrashAndOccurrencesAreListsToo() {
        server.script(
                Behaviour.json(
                        "{\"items\": [{\"name\": \"home\", \"tasks\": 2, \"pending\": 1}], \"next_cursor\": \"n\"}"),
                Behaviour.json("{\"items\": [], \"next_cursor\": null}"),
                Behaviour.json("{\"items\": [], \"next_cursor\": null}"),
                Behaviour.json(page(null, 1)));

        assertThat(todo.tags().list().toList()).extracting(Tag::name).containsExactly("home");
        assertThat(todo.trash().list()).isEmpty();
        assertThat(todo.tasks().occurrences(7)).hasSize(1);
        assertThat(server.lines())
                .containsExactly(
                        "GET /api/me/tags",
                        "GET /api/me/tags?cursor=n",
                        "GET /api/me/trash",
                        "GET /api/me/tasks/7/occurrences");
    }

    @Test
    void allItemsComeAtOnceWithoutWaiting() {
        threePages();

        CompletableFuture<List<Task>> all =
                todo.async().tasks().list(TaskQuery.pending()).toList();

        assertThat(all.orTimeout(60, TimeUnit.SECONDS).join())
                .extracting(Task::id)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aFailureInTheMiddleFailsTheWhole() {
        server.script(Behaviour.json(page("c2", 1, 2)), Behaviour.problem(422, "invalid"));

        assertThat(failure(todo.async().tasks().list(TaskQuery.pending()).toList()))
                .isInstanceOf(InvalidContentException.class);
    }

    @Test
    void cancellingTheWholeEndsTheExchange() throws InterruptedException {
        server.script(Behaviour.json(page("c2", 1, 2)), Behaviour.silence());
        CompletableFuture<Integer> size =
                todo.async().tasks().list(TaskQuery.pending()).toList().thenApply(List::size);
        server.request(1);

        size.cancel(true);

        server.request(1).connection().awaitEnd();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void veryManyPagesAreNoTrouble() {
        int pages = 50_000;
        AsyncListing<Integer> list = new AsyncListing<>(cursor -> {
            int number = cursor == null ? 0 : Integer.parseInt(cursor);
            String next = number == pages - 1 ? null : Integer.toString(number + 1);
            return CompletableFuture.completedFuture(new Page<>(List.of(number), next));
        });

        assertThat(list.toList().orTimeout(60, TimeUnit.SECONDS).join()).hasSize(pages);
        assertThat(new Listing<>(list).stream().count()).isEqualTo(pages);
    }
}
