package dev.todo.database;

import dev.todo.database.Question.Kind;
import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.RowDescription;
import io.r2dbc.postgresql.message.backend.RowDescription.Field;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A statement as PostgreSQL knows it on one connection, by a name; written and read as the protocol has it. */
final class Prepared {
    private static final byte[] EXECUTE_AND_SYNC = {'E', 0, 0, 0, 9, 0, 0, 0, 0, 0, 'S', 0, 0, 0, 4};
    /** All values, and all columns. */
    private static final int BINARY = 1;

    private static final byte[] DESCRIBE = {'D', 0, 0, 0, 6, 'P', 0};

    /** With its end, as all texts. */
    private final byte[] name;

    /** Of its values. */
    private final int[] types;

    private boolean sent;
    private boolean parsed;
    private boolean described;
    /** Once it has been described, and it has any. */
    private Field @Nullable [] columns;

    Prepared(String name, Kind kind) {
        this.name = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        this.types = kind.types().stream().mapToInt(BinaryValues::type).toArray();
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
        if (!sent) {
            parse(question.kind().sql(), bytes);
        }
        bind(question.values(), bytes);
        if (!described) {
            bytes.writeBytes(DESCRIBE);
        }
        bytes.writeBytes(EXECUTE_AND_SYNC);
        sent = true;
    }

    private void parse(String sql, ByteBuf bytes) {
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

    private void bind(@Nullable Object[] values, ByteBuf bytes) {
        int start = begin('B', bytes);
        bytes.writeByte(0).writeBytes(name);
        bytes.writeShort(1).writeShort(BINARY);
        bytes.writeShort(values.length);
        for (Object value : values) {
            BinaryValues.write(value, bytes);
        }
        bytes.writeShort(1).writeShort(BINARY);
        end(start, bytes);
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
            return value == null ? null : BinaryValues.read(value, fields[index].getDataType(), type);
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
