package dev.todo.database;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a server and PostgreSQL, and can reset all connections, as a network or a crash does. */
final class ResettingProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final Set<Socket> guests = ConcurrentHashMap.newKeySet();

    ResettingProxy(String host, int port) throws IOException {
        entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        inBackground(() -> {
            while (true) {
                Socket guest = entrance.accept();
                Socket postgres = new Socket(host, port);
                guests.add(guest);
                inBackground(() -> pass(guest, postgres));
                inBackground(() -> pass(postgres, guest));
            }
        });
    }

    String host() {
        return entrance.getInetAddress().getHostAddress();
    }

    int port() {
        return entrance.getLocalPort();
    }

    void resetAll() {
        for (Socket guest : Set.copyOf(guests)) {
            try {
                guest.setSoLinger(true, 0);
                guest.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                OutputStream out = to.getOutputStream()) {
            from.getInputStream().transferTo(out);
        } finally {
            guests.remove(from);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // One side has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
