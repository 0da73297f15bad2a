package dev.todo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.netty.util.Timer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * While the server is up, its lines on the console are written many at a time, at most a tenth of a second late: each
 * write is a call of the system. A warning is written at once, with all that came before it.
 */
final class Console extends OutputStreamAppender<ILoggingEvent> {
    private static final int BYTES = 64 * 1024;
    private static final int MILLIS = 100;

    /** Takes the place of the appender that writes each line by itself; null where somebody has set up another. */
    static @Nullable Console inPlaceOfTheUsual(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        if (!(root.getAppender("CONSOLE") instanceof ConsoleAppender<ILoggingEvent> usual)) {
            return null;
        }
        Console console = new Console();
        console.setContext(context);
        console.setName("BUFFERED_CONSOLE");
        console.setEncoder(usual.getEncoder());
        usual.getCopyOfAttachedFiltersList().forEach(console::addFilter);
        console.setImmediateFlush(false);
        // A stream that fails would end the log for good; this one passes over what it can't write.
        console.setOutputStream(new BufferedOutputStream(usual.getOutputStream(), BYTES));
        console.start();
        root.addAppender(console);
        root.detachAppender(usual);
        return console;
    }

    static final class Listener implements ApplicationListener<ApplicationEvent> {
        private @Nullable Console console;

        @Override
        public void onApplicationEvent(ApplicationEvent event) {
            if (event instanceof ApplicationReadyEvent ready) {
                console = inPlaceOfTheUsual((LoggerContext) LoggerFactory.getILoggerFactory());
                if (console != null) {
                    console.flushAgainAndAgain(ready.getApplicationContext().getBean(Timer.class));
                }
            } else if (event instanceof ContextClosedEvent && console != null) {
                console.setImmediateFlush(true);
                console.flush();
            }
        }
    }

    private void flushAgainAndAgain(Timer timer) {
        timer.newTimeout(
                now -> {
                    flush();
                    if (!isImmediateFlush()) {
                        flushAgainAndAgain(timer);
                    }
                },
                MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void flush() {
        streamWriteLock.lock();
        try {
            getOutputStream().flush();
        } catch (IOException e) {
            addError("The console takes no lines", e);
        } finally {
            streamWriteLock.unlock();
        }
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        super.subAppend(event);
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            flush();
        }
    }
}
