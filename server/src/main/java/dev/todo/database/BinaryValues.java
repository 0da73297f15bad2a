package dev.todo.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as PostgreSQL has them. The driver's own codecs are looked up for each value, write times, truths and lists as
 * text, and read times by way of the computer's own offset.
 */
final class BinaryValues {
    private static final int BOOL = 16;
    private static final int BYTEA = 17;
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int FLOAT4 = 700;
    private static final int FLOAT8 = 701;
    private static final int BOOL_ARRAY = 1000;
    private static final int INT2_ARRAY = 1005;
    private static final int INT4_ARRAY = 1007;
    private static final int TEXT_ARRAY = 1009;
    private static final int INT8_ARRAY = 1016;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int TIME = 1083;
    private static final int TIMESTAMPTZ = 1184;
    private static final int TIMESTAMPTZ_ARRAY = 1185;

    private static final Map<Class<?>, Integer> TYPES = Map.ofEntries(
            Map.entry(Boolean.class, BOOL),
            Map.entry(Short.class, INT2),
            Map.entry(Integer.class, INT4),
            Map.entry(Long.class, INT8),
            Map.entry(Float.class, FLOAT4),
            Map.entry(Double.class, FLOAT8),
            Map.entry(String.class, VARCHAR),
            Map.entry(LocalDate.class, DATE),
            Map.entry(LocalTime.class, TIME),
            Map.entry(Instant.class, TIMESTAMPTZ),
            Map.entry(byte[].class, BYTEA),
            Map.entry(Boolean[].class, BOOL_ARRAY),
            Map.entry(Short[].class, INT2_ARRAY),
            Map.entry(Integer[].class, INT4_ARRAY),
            Map.entry(Long[].class, INT8_ARRAY),
            Map.entry(String[].class, TEXT_ARRAY),
            Map.entry(Instant[].class, TIMESTAMPTZ_ARRAY));

    private static final int NULL = -1;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final long FIRST_SECOND = FIRST_DAY.toEpochDay() * 86_400;
    private static final int MICROS = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private BinaryValues() {}

    /** What PostgreSQL is to take values of the class for. */
    static int type(Class<?> type) {
        Integer known = TYPES.get(type);
        if (known == null) {
            throw new IllegalArgumentException("No value of a statement can be a " + type.getName());
        }
        return known;
    }

    /** With its length before it. */
    static void write(@Nullable Object value, ByteBuf bytes) {
        if (value == null) {
            bytes.writeInt(NULL);
            return;
        }
        int start = bytes.writeInt(0).writerIndex();
        if (value instanceof String text) {
            bytes.writeCharSequence(text, UTF_8);
        } else if (value instanceof Long number) {
            bytes.writeLong(number);
        } else if (value instanceof Instant time) {
            bytes.writeLong(micros(time));
        } else if (value instanceof Boolean truth) {
            bytes.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            bytes.writeInt(number);
        } else if (value instanceof Short number) {
            bytes.writeShort(number);
        } else if (value instanceof Float number) {
            bytes.writeFloat(number);
        } else if (value instanceof Double number) {
            bytes.writeDouble(number);
        } else if (value instanceof LocalDate date) {
            bytes.writeInt(Math.toIntExact(ChronoUnit.DAYS.between(FIRST_DAY, date)));
        } else if (value instanceof LocalTime time) {
            bytes.writeLong(time.toNanoOfDay() / NANOS_OF_MICRO);
        } else if (value instanceof byte[] raw) {
            bytes.writeBytes(raw);
        } else {
            writeItems((Object[]) value, bytes);
        }
        bytes.setInt(start - Integer.BYTES, bytes.writerIndex() - start);
    }

    /** One dimension, counted from 1; none if there are no items. */
    private static void writeItems(@Nullable Object[] items, ByteBuf bytes) {
        boolean texts = items instanceof String[];
        bytes.writeInt(items.length == 0 ? 0 : 1)
                .writeInt(0)
                .writeInt(texts ? TEXT : type(items.getClass().getComponentType()));
        if (items.length > 0) {
            bytes.writeInt(items.length).writeInt(1);
        }
        for (Object item : items) {
            write(item, bytes);
        }
    }

    private static long micros(Instant time) {
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond() - FIRST_SECOND, MICROS), time.getNano() / NANOS_OF_MICRO);
    }

    static <T> T read(ByteBuf value, int dataType, Class<T> type) {
        int start = value.readerIndex();
        return type.cast(
                switch (dataType) {
                    case BOOL_ARRAY -> items(value, start, new Boolean[0]);
                    case INT2_ARRAY -> items(value, start, new Short[0]);
                    case INT4_ARRAY -> items(value, start, new Integer[0]);
                    case INT8_ARRAY -> items(value, start, new Long[0]);
                    case TEXT_ARRAY -> items(value, start, new String[0]);
                    case TIMESTAMPTZ_ARRAY -> items(value, start, new Instant[0]);
                    default -> read(value, start, value.readableBytes(), dataType);
                });
    }

    private static Object read(ByteBuf bytes, int start, int length, int dataType) {
        return switch (dataType) {
            case TEXT, VARCHAR -> bytes.toString(start, length, UTF_8);
            case INT8 -> bytes.getLong(start);
            case TIMESTAMPTZ -> time(bytes.getLong(start));
            case BOOL -> bytes.getBoolean(start);
            case INT4 -> bytes.getInt(start);
            case INT2 -> bytes.getShort(start);
            case FLOAT4 -> bytes.getFloat(start);
            case FLOAT8 -> bytes.getDouble(start);
            case DATE -> FIRST_DAY.plusDays(bytes.getInt(start));
            case TIME -> LocalTime.ofNanoOfDay(bytes.getLong(start) * NANOS_OF_MICRO);
            case BYTEA -> ByteBufUtil.getBytes(bytes, start, length);
            default -> throw new IllegalArgumentException("Nothing reads PostgreSQL's type " + dataType);
        };
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(
                FIRST_SECOND + Math.floorDiv(micros, MICROS), (long) Math.floorMod(micros, MICROS) * NANOS_OF_MICRO);
    }

    private static <T> @Nullable T[] items(ByteBuf bytes, int start, @Nullable T[] none) {
        int dimensions = bytes.getInt(start);
        if (dimensions == 0) {
            return none;
        } else if (dimensions > 1) {
            throw new IllegalArgumentException("Nothing reads an array of " + dimensions + " dimensions");
        }
        int itemType = bytes.getInt(start + 2 * Integer.BYTES);
        @Nullable T[] items = Arrays.copyOf(none, bytes.getInt(start + 3 * Integer.BYTES));
        @Nullable Object[] values = items;
        int next = start + 5 * Integer.BYTES;
        for (int i = 0; i < items.length; i++) {
            int length = bytes.getInt(next);
            next += Integer.BYTES;
            if (length != NULL) {
                values[i] = read(bytes, next, length, itemType);
                next += length;
            }
        }
        return items;
    }
}
