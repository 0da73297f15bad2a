package dev.todo.client;

import dev.todo.client.wire.Operation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Files, to the server and from it. */
final class Transfers {
    private Transfers() {}

    /** Into a file beside it, which takes its place once it is whole. */
    static CompletableFuture<Path> download(
            Engine engine, Operation<?> request, CallOptions options, Path file, String mediaType) {
        Path target;
        Path part;
        try {
            target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (target.getFileName() == null || Files.isDirectory(target)) {
                throw new FileSystemException(file.toString(), null, "it is a directory");
            }
            part = Files.createFile(
                    target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part"));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException("cannot write " + file, e));
        }
        Call<Answer<Path>> transfer = engine.transfer(request, options, null, Reception.file(part, mediaType));
        Call.ended(transfer, (answer, failure) -> discard(part, failure));
        return Call.chain(Call.recover(transfer, failure -> discarded(part, failure)), answer -> {
            moved(part, target);
            return CompletableFuture.completedFuture(file);
        });
    }

    private static <T> CompletableFuture<T> discarded(Path part, Throwable failure) {
        discard(part, failure);
        return CompletableFuture.failedFuture(failure);
    }

    private static void moved(Path part, Path target) {
        try {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            discard(part, e);
            throw new UncheckedIOException("cannot write " + target, e);
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
            if (Files.isDirectory(file) || (Files.exists(file) && !Files.isReadable(file))) {
                throw new FileNotFoundException(file + " cannot be read");
            }
            return engine.transfer(request, options, BodyPublishers.ofFile(file), Reception.json(request.answer()));
        } catch (FileNotFoundException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException("cannot read " + file, e));
        }
    }
}
