package dev.todo.client;

import dev.todo.client.wire.Operation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Files, to the server and from it. */
final class Transfers {
    private Transfers() {}

    /** Into a file beside it, which takes its place once it is whole. */
    static CompletableFuture<Path> download(Engine engine, Operation<?> request, CallOptions options, Path file) {
        Path part;
        try {
            Path target = file.toAbsolutePath();
            part = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException("cannot write beside " + file, e));
        }
        return engine.transfer(request, options, null, Reception.file(part))
                .thenApply(answer -> moved(part, file))
                .whenComplete((path, failure) -> discard(part, failure));
    }

    private static Path moved(Path part, Path file) {
        try {
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void discard(Path part, @Nullable Throwable failure) {
        try {
            if (failure != null) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static <T> CompletableFuture<Answer<T>> upload(
            Engine engine, Operation<T> request, CallOptions options, Path file) {
        try {
            return engine.transfer(request, options, BodyPublishers.ofFile(file), Reception.json(request.answer()));
        } catch (FileNotFoundException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException("cannot read " + file, e));
        }
    }
}
