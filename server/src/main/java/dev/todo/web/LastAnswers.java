package dev.todo.web;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * When the server is told to stop, each answer from then on is the last on its connection. It waits for the requests
 * that have begun by then; one that came behind them on the same connection would be cut.
 */
@ChannelHandler.Sharable
final class LastAnswers extends ChannelOutboundHandlerAdapter
        implements NettyServerCustomizer, ApplicationListener<ContextClosedEvent> {
    private volatile boolean stopping;

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        stopping = true;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) ->
                channel.pipeline().addAfter(NettyPipeline.HttpTrafficHandler, "LastAnswers", this));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise that is passed on.
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        // What asks a client for its body is no answer yet, and is shared by all.
        if (stopping
                && message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            HttpUtil.setKeepAlive(response, false);
        }
        context.write(message, promise);
    }
}
