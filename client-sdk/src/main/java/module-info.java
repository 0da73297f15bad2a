/** The Java client of the Todo API. */
module dev.todo.client {
    requires transitive java.net.http;
    requires tools.jackson.databind;
    requires static transitive org.jspecify;

    exports dev.todo.client;

    opens dev.todo.client.generated.model to
            tools.jackson.databind;
}
