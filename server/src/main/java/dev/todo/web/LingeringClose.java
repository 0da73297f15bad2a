package dev.todo.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection in two steps while the client is still sending: the server's half at once, the rest when the
 * client has closed its own, or after a while. To close at once would reset the connection, and a client that has its
 * answer not yet read would never see it (RFC 9112, 9.6).
 */
final class LingeringClose extends ChannelDuplexHandler {
    private static final int LONGEST_SECONDS = 5;

    private boolean clientIsSending;
    private boolean lingering;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingering) {
            ReferenceCountUtil.release(message);
            return;
        }
        // The decoder gives up on what it cannot read, and calls that the end of it.
        clientIsSending = !(message instanceof LastHttpContent)
                || ((HttpObject) message).decoderResult().isFailure();
        context.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Whatever becomes of them, the connection ends.
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!clientIsSending || lingering || !(context.channel() instanceof DuplexChannel channel)) {
            context.close(promise);
            return;
        }
        lingering = true;
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
        context.executor().schedule(() -> context.close(promise), LONGEST_SECONDS, TimeUnit.SECONDS);
    }
}
