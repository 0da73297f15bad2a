package dev.todo.database;

import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.client.Binding;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codecs;
import io.r2dbc.postgresql.message.Format;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.RowDescription;
import io.r2dbc.postgresql.message.backend.RowDescription.Field;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A statement as PostgreSQL knows it on one connection, by a name; written and read as the protocol has it. */
final class Prepared {
    private static final byte[] EXECUTE_AND_SYNC = {'E', 0, 0, 0, 9, 0, 0, 0, 0, 0, 'S', 0, 0, 0, 4};
    private static final byte[] DESCRIBE = {'D', 0, 0, 0, 6, 'P', 0};

    /** With its end, as all texts. */
    private final byte[] name;

    private final Codecs codecs;
    private boolean sent;
    private boolean parsed;
    private boolean described;
    /** Once it has been described, and it has any. */
    private Field @Nullable [] columns;

    Prepared(String name, Codecs codecs) {
        this.name = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        this.codecs = codecs;
    }

    boolean isParsed() {
        return parsed;
    }

    void parsed() {
        parsed = true;
    }

    void describeNothing() {
        described = true;
    }

    void describe(RowDescription description) {
        described = true;
        columns = description.getFields().toArray(Field[]::new);
    }

    /** What asks it: its text if that is needed, the values, and that this was all of it. */
    void write(Question<?, ?> question, ByteBuf bytes) {
        Binding binding = binding(question);
        if (!sent) {
            parse(question.kind().sql(), binding.getParameterTypes(), bytes);
        }
        bind(binding, bytes);
        if (!described) {
            bytes.writeBytes(DESCRIBE);
        }
        bytes.writeBytes(EXECUTE_AND_SYNC);
        sent = true;
    }

    private Binding binding(Question<?, ?> question) {
        @Nullable Object[] values = question.values();
        List<Class<?>> types = question.kind().types();
        Binding binding = new Binding(values.length);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            binding.add(i, value == null ? codecs.encodeNull(types.get(i)) : codecs.encode(value));
        }
        return binding;
    }

    private void parse(String sql, int[] types, ByteBuf bytes) {
        int start = begin('P', bytes);
        bytes.writeBytes(name);
        bytes.writeCharSequence(sql, StandardCharsets.UTF_8);
        bytes.writeByte(0);
        bytes.writeShort(types.length);
        for (int type : types) {
            bytes.writeInt(type);
        }
        end(start, bytes);
    }

    private void bind(Binding binding, ByteBuf bytes) {
        int start = begin('B', bytes);
        bytes.writeByte(0).writeBytes(name);
        List<Format> formats = binding.getParameterFormats();
        bytes.writeShort(formats.size());
        for (Format format : formats) {
            bytes.writeShort(format.getDiscriminator());
        }
        List<Publisher<? extends ByteBuf>> values = binding.getParameterValues();
        bytes.writeShort(values.size());
        for (Publisher<? extends ByteBuf> value : values) {
            value(value, bytes);
        }
        bytes.writeShort(1).writeShort(Format.FORMAT_BINARY.getDiscriminator());
        end(start, bytes);
    }

    private static void value(Publisher<? extends ByteBuf> value, ByteBuf bytes) {
        if (value == EncodedParameter.NULL_VALUE) {
            bytes.writeInt(-1);
        } else {
            ByteBuf encoded = Mono.from(value).toFuture().join();
            bytes.writeInt(encoded.readableBytes()).writeBytes(encoded);
            encoded.release();
        }
    }

    /** Forgets it. */
    void close(ByteBuf bytes) {
        int start = begin('C', bytes);
        bytes.writeByte('S').writeBytes(name);
        end(start, bytes);
    }

    private static int begin(char kind, ByteBuf bytes) {
        int start = bytes.writeByte(kind).writerIndex();
        bytes.writeInt(0);
        return start;
    }

    private static void end(int start, ByteBuf bytes) {
        bytes.setInt(start, bytes.writerIndex() - start);
    }

    Readable row(DataRow data) {
        return new Row(data.getColumns());
    }

    /** To be read before the message that it came with is released. */
    private final class Row implements Readable {
        private final @Nullable ByteBuf[] values;
        private final Field[] fields;

        Row(@Nullable ByteBuf[] values) {
            this.values = values;
            if (columns == null) {
                throw new IllegalStateException("PostgreSQL has not described the columns");
            }
            this.fields = columns;
        }

        @Override
        public <T> @Nullable T get(int index, Class<T> type) {
            ByteBuf value = values[index];
            if (value == null) {
                return null;
            }
            int start = value.readerIndex();
            try {
                return codecs.decode(value, fields[index].getDataType(), Format.FORMAT_BINARY, type);
            } finally {
                value.readerIndex(start);
            }
        }

        @Override
        public <T> @Nullable T get(String column, Class<T> type) {
            for (int i = 0; i < fields.length; i++) {
                if (fields[i].getName().equalsIgnoreCase(column)) {
                    return get(i, type);
                }
            }
            throw new NoSuchElementException("The row has no column " + column);
        }
    }
}
