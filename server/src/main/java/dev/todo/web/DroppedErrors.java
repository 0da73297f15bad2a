package dev.todo.web;

import dev.todo.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Hooks;

/**
 * What Reactor does with an error that nobody listens to any more. That a client has hung up, or has been answered
 * already, is none of ours.
 */
final class DroppedErrors {
    private static final Logger log = LoggerFactory.getLogger(DroppedErrors.class);

    void listen() {
        Hooks.onErrorDropped(DroppedErrors::note);
    }

    void leave() {
        Hooks.resetOnErrorDropped();
    }

    private static void note(Throwable error) {
        if (error instanceof Problem) {
            log.debug("A refusal has come too late: {}", error.toString());
        } else if (DisconnectedClientHelper.isClientDisconnectedException(error)) {
            log.debug("A client has hung up: {}", error.toString());
        } else {
            log.error("An error has come when nobody was listening any more", error);
        }
    }
}
