/** A program that uses the Todo API. */
module example {
    requires dev.todo.client;
}
