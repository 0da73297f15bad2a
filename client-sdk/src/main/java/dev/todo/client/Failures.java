package dev.todo.client;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What went wrong, out of the wrappings of futures. */
final class Failures {
    private Failures() {}

    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether it happened before anything of the request was sent. */
    static boolean beforeSending(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || isTlsRefusal(cause)) {
                return true;
            }
        }
        return false;
    }

    /** No handshake, no request; and it will fail alike the next time. */
    static boolean isTlsRefusal(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException
                    || cause instanceof SSLPeerUnverifiedException
                    || (cause instanceof SSLException
                            && String.valueOf(cause.getMessage()).contains("SSL message"))) {
                return true;
            }
        }
        return false;
    }

    static TodoException noToken(String operation, Throwable failure) {
        return new CredentialsException(
                operation + ": there is no access token to send it with. " + failure.getMessage(), failure);
    }

    static TodoException connection(String what, @Nullable Throwable failure, boolean unsent, boolean outcomeUnknown) {
        Throwable cause = failure == null ? new IllegalStateException("no answer and no failure") : failure;
        String reason = unsent ? "cannot connect to the server" : "the connection ended before the answer did";
        return new ConnectionException(
                what + reason + detail(cause) + ".", cause, !isTlsRefusal(cause), outcomeUnknown);
    }

    private static String detail(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return " (its name is not known)";
            }
        }
        return failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")";
    }

    /** Waits for a call. Whoever is interrupted meanwhile gives it up. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(e, mayHaveWritten(call));
        } catch (CancellationException e) {
            throw new ClientClosedException(e, mayHaveWritten(call));
        } catch (ExecutionException e) {
            throw here(cause(e));
        }
    }

    private static boolean mayHaveWritten(CompletableFuture<?> call) {
        return !(call instanceof Call<?> known && known.reads());
    }

    /** With the stack of the thread that waited: that of the thread that failed tells its reader nothing. */
    private static RuntimeException here(Throwable failure) {
        if (failure instanceof TodoException known) {
            known.fillInStackTrace();
            return known;
        }
        if (failure instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(failure);
    }
}
