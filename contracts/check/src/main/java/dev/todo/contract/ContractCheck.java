package dev.todo.contract;

import dev.todo.contract.Contract.Declared;
import io.swagger.v3.oas.models.OpenAPI;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds answers of the Todo API, and requests to it, to the contract of the same version. What breaks it ends in an
 * {@link AssertionError} that names the operation, the status and each violation, and never a value that was sent or
 * answered: logs of tests are read by many. Of what the contract does not know, it repeats the names of fields and of
 * query parameters, and no more.
 *
 * <p>With {@link HttpClient}, each answer is checked before the test sees it:
 *
 * <pre>{@code
 * ContractCheck contract = new ContractCheck();
 * HttpClient http = contract.checked(HttpClient.newHttpClient());
 * }</pre>
 *
 * <p>With {@code WebTestClient} or {@code WebClient}, {@link ContractExchangeFilter} does the same. Any other client is
 * checked by handing over what it received:
 *
 * <pre>{@code
 * contract.answer("GET", uri, 200, Map.of("Content-Type", List.of("application/json")), body);
 * }</pre>
 *
 * <p>Those who test their own client, against a fake server or a real one, have its requests checked, too; nothing that
 * breaks the contract is sent:
 *
 * <pre>{@code
 * HttpClient http = new ContractCheck(ContractCheck.Also.REQUESTS).checked(HttpClient.newHttpClient());
 * }</pre>
 *
 * <p>An answer to a request that is none of the contract's operations breaks it, too, unless it is a refusal. Where a
 * server has pages of its own beside them, override {@link #answer} and leave those out. May be shared by threads.
 */
public class ContractCheck {
    private static final int MOST_VIOLATIONS = 20;

    private final Set<Also> also;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    /** What is checked besides answers, or of them. */
    public enum Also {
        /** Requests, before they are sent. */
        REQUESTS,

        /**
         * That answers have no field and no enum value that the contract does not name. These are no breaking change
         * of the API, and clients must bear with them; a fake server that makes them up is wrong.
         */
        NOTHING_UNDECLARED
    }

    /** A check of answers, and of whatever is named besides. */
    public ContractCheck(Also... also) {
        this.also = EnumSet.noneOf(Also.class);
        Collections.addAll(this.also, also);
    }

    /**
     * A client that sends with this one and checks what comes back. Bodies are read whole before they are handed on.
     * An asynchronous answer that breaks the contract completes exceptionally. The client itself remains its owner's
     * to close.
     */
    public HttpClient checked(HttpClient client) {
        return new CheckedHttpClient(client, this);
    }

    /**
     * Fails when this is not an answer that the contract describes. A body may be compressed with gzip. Files of JSON
     * Lines are checked line by line, calendars for being text only.
     *
     * @param method of the request, such as {@code GET}
     * @param uri of the request, with its path as it was sent
     * @param body as it was received; null is as good as empty
     */
    public void answer(String method, URI uri, int status, Map<String, List<String>> headers, byte @Nullable [] body) {
        Optional<Declared> operation = Contract.operation(method, uri);
        SchemaCheck schemas = also.contains(Also.NOTHING_UNDECLARED) ? SchemaCheck.EXACT_ANSWERS : SchemaCheck.ANSWERS;
        List<String> violations = new AnswerCheck(schemas, method, status, new Fields(headers))
                .violations(operation.orElse(null), whole(body));
        refuse(violations, "%s answered %d".formatted(name(operation, method, uri), status));
        operation.ifPresent(declared -> seen.add(declared.id() + " " + status));
    }

    /**
     * Fails when this is not a request that the contract describes, its parameters, headers, token and body; a body that
     * is null is as good as empty.
     */
    public void request(String method, URI uri, Map<String, List<String>> headers, byte @Nullable [] body) {
        Optional<Declared> operation = Contract.operation(method, uri);
        List<String> violations = operation
                .map(declared -> new RequestCheck(declared, new Fields(headers)).violations(uri, whole(body)))
                .orElse(List.of("the contract has no such operation"));
        refuse(violations, "%s was to be sent".formatted(name(operation, method, uri)));
    }

    /** The answers that were checked and found good, such as {@code createTask 201}. */
    public SortedSet<String> seen() {
        return new TreeSet<>(seen);
    }

    /**
     * The answers that the contract declares and that were not seen.
     *
     * <pre>{@code
     * assert contract.unseen().stream().noneMatch(answer -> answer.startsWith("createTask ")) : contract.unseen();
     * }</pre>
     */
    public SortedSet<String> unseen() {
        SortedSet<String> declared = Contract.operations().stream()
                .flatMap(operation -> operation.operation().getResponses().keySet().stream()
                        .map(status -> operation.id() + " " + status))
                .collect(Collectors.toCollection(TreeSet::new));
        declared.removeAll(seen);
        return declared;
    }

    /** The contract as it was read, with responses and their headers in the place of references to them. */
    public static OpenAPI document() {
        return Contract.DOCUMENT;
    }

    boolean checksRequests() {
        return also.contains(Also.REQUESTS);
    }

    private static byte[] whole(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }

    private static String name(Optional<Declared> operation, String method, URI uri) {
        return operation.map(Declared::toString).orElseGet(() -> method + " " + Contract.shown(uri));
    }

    private static void refuse(List<String> violations, String what) {
        if (!violations.isEmpty()) {
            String listed = violations.stream()
                    .limit(MOST_VIOLATIONS)
                    .map(violation -> "\n- " + violation)
                    .collect(Collectors.joining());
            int more = violations.size() - MOST_VIOLATIONS;
            throw new AssertionError("%s, which breaks the contract %s:%s%s"
                    .formatted(
                            what,
                            Contract.DOCUMENT.getInfo().getVersion(),
                            listed,
                            more > 0 ? "\n- and " + more + " more" : ""));
        }
    }
}
