package dev.todo.database;

import dev.todo.database.Question.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.client.TransactionStatus;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.NoData;
import io.r2dbc.postgresql.message.backend.ParseComplete;
import io.r2dbc.postgresql.message.backend.ReadyForQuery;
import io.r2dbc.postgresql.message.backend.RowDescription;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.reactivestreams.Subscription;
import org.springframework.util.ReflectionUtils;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What goes over a connection: statements, several at once or one, each prepared when it first comes. The driver's own
 * statements never follow each other without waiting, since what it sends of one ends with the answer: its next one is
 * sent then. So its client, which knows no such limit, is asked itself.
 */
final class Wire {
    private static final int MOST_PREPARED = 50;

    private final Client client;
    private final Map<Kind, Prepared> prepared = new LinkedHashMap<>(MOST_PREPARED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Prepared> eldest) {
            boolean full = size() > MOST_PREPARED;
            if (full) {
                forgotten.add(eldest.getValue());
            }
            return full;
        }
    };
    private final List<Prepared> forgotten = new ArrayList<>();
    /** Another beginning on each connection: a pooler in between may lead several to the same. */
    private final String names = "T" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 16, 36) + "_";

    private int made;

    Wire(PostgresqlConnection connection) {
        Method method = Objects.requireNonNull(ReflectionUtils.findMethod(connection.getClass(), "getClient"));
        ReflectionUtils.makeAccessible(method);
        this.client = (Client) Objects.requireNonNull(ReflectionUtils.invokeMethod(method, connection));
    }

    boolean isOpen() {
        return client.isConnected();
    }

    /** Where all that comes of it is heard. */
    Scheduler scheduler() {
        return client.getScheduler();
    }

    /** All of them in one piece. Whoever asks is the only one to do so at that time. */
    void ask(List<Question<?, ?>> questions) {
        List<Question<?, ?>> asked = new ArrayList<>(questions.size());
        List<Prepared> kinds = new ArrayList<>(questions.size());
        List<Question<?, ?>> unasked = new ArrayList<>(0);
        // Not a pooled one, which would be lost where the connection ends before it is sent.
        ByteBuf bytes = Unpooled.buffer();
        int old = forgotten.size();
        forgotten.forEach(kind -> kind.close(bytes));
        for (Question<?, ?> question : questions) {
            int before = bytes.writerIndex();
            try {
                Prepared kind = prepared(question.kind());
                kind.write(question, bytes);
                asked.add(question);
                kinds.add(kind);
            } catch (Throwable e) {
                bytes.writerIndex(before);
                question.fail(e);
                unasked.add(question);
            }
        }
        if (!asked.isEmpty()) {
            forgotten.subList(0, old).clear();
            Answers answers = new Answers(asked, kinds);
            FrontendMessage message = allocator -> Mono.just(bytes);
            client.exchange(answers::isLast, Mono.just(message)).subscribe(answers);
        }
        unasked.forEach(Question::end);
    }

    private Prepared prepared(Kind kind) {
        return prepared.computeIfAbsent(kind, missing -> new Prepared(names + made++, missing));
    }

    private void forget(Kind kind, Prepared old) {
        if (prepared.remove(kind, old)) {
            forgotten.add(old);
        }
    }

    /** To the questions that went out together, one after the other. */
    private final class Answers implements CoreSubscriber<BackendMessage> {
        private final List<Question<?, ?>> asked;
        private final List<Prepared> kinds;
        private int answered;

        Answers(List<Question<?, ?>> asked, List<Prepared> kinds) {
            this.asked = asked;
            this.kinds = kinds;
        }

        boolean isLast(BackendMessage message) {
            return message instanceof ReadyForQuery && answered >= asked.size() - 1;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(BackendMessage message) {
            try {
                if (answered < asked.size()) {
                    take(message, asked.get(answered), kinds.get(answered));
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void take(BackendMessage message, Question<?, ?> question, Prepared kind) {
            try {
                read(message, question, kind);
            } catch (Throwable e) {
                // Thrown on, it would end what the driver hears of the connection.
                question.fail(e);
            }
        }

        private void read(BackendMessage message, Question<?, ?> question, Prepared kind) {
            if (message instanceof DataRow row) {
                question.row(kind.row(row));
            } else if (message instanceof CommandComplete complete) {
                question.count(complete.getRows());
            } else if (message instanceof RowDescription description) {
                kind.describe(description);
            } else if (message instanceof ReadyForQuery) {
                end();
            } else if (message instanceof ErrorResponse error) {
                refuse(new Refusal(new ErrorDetails(error.getFields())), question, kind);
            } else if (message == NoData.INSTANCE) {
                kind.describeNothing();
            } else if (message == ParseComplete.INSTANCE) {
                kind.parsed();
            }
        }

        private void refuse(Refusal refusal, Question<?, ?> question, Prepared kind) {
            question.fail(refusal);
            if (refusal.isOfThePreparation()) {
                // Where one is gone or of no use, others will be.
                forgotten.addAll(prepared.values());
                prepared.clear();
            } else if (!kind.isParsed()) {
                forget(question.kind(), kind);
            }
            if (Failures.isTheLastWord(refusal)) {
                answered++;
                question.end();
            }
        }

        private void end() {
            Question<?, ?> question = asked.get(answered);
            answered++;
            if (isToBeRepeated(question)) {
                repeat(question);
            } else {
                question.end();
            }
        }

        /** With a preparation of its own: another one's may be on its way, and fail. */
        private void repeat(Question<?, ?> question) {
            Prepared kind = prepared.get(question.kind());
            if (kind != null && !kind.isParsed()) {
                forget(question.kind(), kind);
            }
            ask(List.of(question));
        }

        private boolean isToBeRepeated(Question<?, ?> question) {
            return question.failure() instanceof Refusal refusal
                    && refusal.isOfThePreparation()
                    && client.getTransactionStatus() == TransactionStatus.IDLE
                    && question.repeats();
        }

        @Override
        public void onComplete() {
            if (answered < asked.size()) {
                end();
            }
        }

        @Override
        public void onError(Throwable error) {
            while (answered < asked.size()) {
                Question<?, ?> question = asked.get(answered);
                answered++;
                question.fail(error);
                question.end();
            }
        }
    }
}
