package dev.todo.web;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A body that is too large for memory: received whole into a file that only the server can read, and read from there as
 * often as need be. The file goes with its request, whatever becomes of that.
 */
final class FileBody {
    static final long LARGEST = 64L * 1024 * 1024;

    private static final int PIECE = 32 * 1024;
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final ServerWebExchange exchange;
    private final Path file = Path.of(System.getProperty("java.io.tmpdir"), "todo-import-" + UUID.randomUUID());
    /** Kept, so that who is to delete the file waits until it is there. */
    private final Mono<AsynchronousFileChannel> made = Mono.fromCallable(
                    () -> AsynchronousFileChannel.open(file, Set.of(CREATE_NEW, WRITE), null, OURS_ALONE))
            .subscribeOn(Schedulers.boundedElastic())
            .cache();

    private long received;

    private FileBody(ServerWebExchange exchange) {
        this.exchange = exchange;
    }

    /** The work gets a request whose body can be read again and again. */
    static Mono<Void> receive(ServerWebExchange exchange, Function<ServerWebExchange, Mono<Void>> work) {
        if (exchange.getRequest().getHeaders().getContentLength() > LARGEST) {
            return Mono.error(tooLarge());
        }
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new FileBody(exchange)),
                body -> body.receive().then(Mono.defer(() -> work.apply(body.received()))),
                FileBody::delete,
                (body, error) -> body.delete(),
                FileBody::delete);
    }

    private Mono<Void> receive() {
        return made.flatMap(
                channel -> DataBufferUtils.write(exchange.getRequest().getBody().map(this::counted), channel)
                        .doOnNext(DataBufferUtils::release)
                        .then());
    }

    private DataBuffer counted(DataBuffer piece) {
        RequestTimeout.goesOn(exchange);
        received += piece.readableByteCount();
        if (received > LARGEST) {
            DataBufferUtils.release(piece);
            throw tooLarge();
        }
        return piece;
    }

    private ServerWebExchange received() {
        return exchange.mutate()
                .request(new ServerHttpRequestDecorator(exchange.getRequest()) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return FileBody.this.read();
                    }
                })
                .build();
    }

    private Flux<DataBuffer> read() {
        return DataBufferUtils.readAsynchronousFileChannel(
                        () -> AsynchronousFileChannel.open(file, READ), DefaultDataBufferFactory.sharedInstance, PIECE)
                .doOnNext(piece -> RequestTimeout.goesOn(exchange))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> delete() {
        return made.onErrorComplete()
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(this::delete)
                .then();
    }

    private void delete(AsynchronousFileChannel channel) {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem tooLarge() {
        return Problem.of(
                ProblemType.CONTENT_TOO_LARGE, "The file is over %d bytes. Send it in parts.".formatted(LARGEST));
    }
}
