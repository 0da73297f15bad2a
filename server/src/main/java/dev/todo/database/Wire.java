package dev.todo.database;

import dev.todo.database.Question.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.client.TransactionStatus;
import io.r2dbc.postgresql.codec.Codecs;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
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
import org.reactivestreams.Subscription;
import org.springframework.util.ReflectionUtils;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * What goes over a connection: statements, several at once or one, each prepared when it first comes. The driver's own
 * statements never follow each other without waiting, since what it sends of one ends with the answer: its next one is
 * sent then. So its client, which knows no such limit, is asked itself.
 */
final class Wire {
    private static final int MOST_PREPARED = 50;

    private final Client client;
    private final Codecs codecs;
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
    private int names;

    Wire(PostgresqlConnection connection, Codecs codecs) {
        Method method = Objects.requireNonNull(ReflectionUtils.findMethod(connection.getClass(), "getClient"));
        ReflectionUtils.makeAccessible(method);
        this.client = (Client) Objects.requireNonNull(ReflectionUtils.invokeMethod(method, connection));
        this.codecs = codecs;
    }

    boolean isOpen() {
        return client.isConnected();
    }

    /** All of them in one piece. Whoever asks is the only one to do so at that time. */
    void ask(List<Question<?, ?>> questions) {
        List<Question<?, ?>> asked = new ArrayList<>(questions.size());
        List<Prepared> kinds = new ArrayList<>(questions.size());
        ByteBuf bytes = client.getByteBufAllocator().buffer();
        for (Question<?, ?> question : questions) {
            Prepared kind = prepared(question.kind());
            forgotten.forEach(old -> old.close(bytes));
            forgotten.clear();
            int before = bytes.writerIndex();
            try {
                kind.write(question, bytes);
                asked.add(question);
                kinds.add(kind);
            } catch (RuntimeException e) {
                bytes.writerIndex(before);
                question.fail(e);
                question.end();
            }
        }
        if (asked.isEmpty()) {
            bytes.release();
        } else {
            Answers answers = new Answers(asked, kinds);
            FrontendMessage message = allocator -> Mono.just(bytes);
            client.exchange(answers::isLast, Mono.just(message)).subscribe(answers);
        }
    }

    private Prepared prepared(Kind kind) {
        return prepared.computeIfAbsent(kind, missing -> new Prepared("T_" + names++, codecs));
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
            } else if (message == ParseComplete.INSTANCE) {
                kind.parsed();
            }
        }

        private void refuse(Refusal refusal, Question<?, ?> question, Prepared kind) {
            question.fail(refusal);
            if (!kind.isParsed()) {
                prepared.remove(question.kind(), kind);
            }
            if (Failures.endedTheConnection(refusal)) {
                // Nothing else comes, not even that it is ready.
                answered++;
                question.end();
            }
        }

        private void end() {
            Question<?, ?> question = asked.get(answered);
            answered++;
            if (isToBeRepeated(question)) {
                prepared.remove(question.kind(), kinds.get(answered - 1));
                ask(List.of(question));
            } else {
                question.end();
            }
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
