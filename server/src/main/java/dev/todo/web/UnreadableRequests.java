package dev.todo.web;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.MediaType;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Requests that Netty or Spring's adapter refuses before any filter sees them, such as a path with raw brackets or
 * headers that are too long: their empty 4xx becomes a problem like any other.
 */
@ChannelHandler.Sharable
final class UnreadableRequests extends ChannelDuplexHandler implements NettyServerCustomizer {
    private static final Logger log = LoggerFactory.getLogger("request");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(:[0-9]+)?");

    private static final String MALFORMED =
            "The request is not well-formed HTTP/1.1. Look at its first line, its one Host,"
                    + " its other headers and its chunks, and percent-encode what a URL may not hold as it is.";

    private final ProblemRenderer renderer;
    private final RequestIds ids;
    private final SecurityHeaders security;
    /** Nearly always the next one, too. */
    private volatile String latestHost = "localhost";

    UnreadableRequests(ProblemRenderer renderer, RequestIds ids, SecurityHeaders security) {
        this.renderer = renderer;
        this.ids = ids;
        this.security = security;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                .addAfter(NettyPipeline.HttpCodec, "UnreadableRequests", this)
                .addAfter(NettyPipeline.HttpCodec, "LingeringClose", new LingeringClose()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isSuccess() && !isHttp1(request)) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("Not HTTP/1.1")));
            }
            context.fireChannelRead(message);
        } else if (message instanceof HttpObject content
                && content.decoderResult().isFailure()) {
            // Reactor Netty answers it 400, but takes what came before for the whole body.
            ReferenceCountUtil.release(message);
            context.writeAndFlush(problem(context, HttpVersion.HTTP_1_1, MALFORMED, false))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** What Netty lets pass, but RFC 9112 does not: other versions, fragments, no Host, and encodings it knows not. */
    private boolean isHttp1(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean isOld = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        return (isOld || request.protocolVersion().equals(HttpVersion.HTTP_1_1))
                && request.uri().indexOf('#') < 0
                && (hosts.size() == 1 || (isOld && hosts.isEmpty()))
                && (hosts.isEmpty() || isHost(hosts.get(0)))
                && !hasUnknownEncoding(request.headers());
    }

    private boolean isHost(String text) {
        if (text.equals(latestHost)) {
            return true;
        }
        boolean isHost = HOST.matcher(text).matches();
        if (isHost) {
            latestHost = text;
        }
        return isHost;
    }

    /** Netty takes a body in an encoding that it does not know for the next request (RFC 9112, 6.1). */
    private static boolean hasUnknownEncoding(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(headers.get(HttpHeaderNames.TRANSFER_ENCODING));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean notOurs = message instanceof FullHttpResponse response
                && response.status().code() >= HttpResponseStatus.BAD_REQUEST.code()
                && !response.headers().contains(RequestIds.HEADER);
        super.write(context, notOurs ? asProblem(context, (FullHttpResponse) message) : message, promise);
    }

    private FullHttpResponse asProblem(ChannelHandlerContext context, FullHttpResponse empty) {
        ReferenceCountUtil.release(empty);
        // What Netty cannot read it also closes; what Spring cannot, it leaves open.
        return problem(context, empty.protocolVersion(), detail(empty.status()), HttpUtil.isKeepAlive(empty));
    }

    /** Reactor Netty tells by the status what was too long; the contract knows 400 only. */
    private static String detail(HttpResponseStatus status) {
        if (status.equals(HttpResponseStatus.REQUEST_URI_TOO_LONG)) {
            return "The first line of the request is too long. Send at most 16 KiB.";
        }
        if (status.equals(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)) {
            return "The headers of the request are too long. Send at most 16 KiB.";
        }
        return MALFORMED;
    }

    private FullHttpResponse problem(
            ChannelHandlerContext context, HttpVersion version, String detail, boolean keepAlive) {
        String id = ids.next();
        log.atInfo()
                .addKeyValue("http.request.id", id)
                .addKeyValue("http.response.status_code", HttpResponseStatus.BAD_REQUEST.code())
                .addKeyValue("client.address", context.channel().remoteAddress())
                .log(
                        "400 unreadable request id={} address={}",
                        id,
                        context.channel().remoteAddress());
        byte[] body = renderer.body(Problem.of(ProblemType.INVALID_REQUEST, detail), id);
        FullHttpResponse problem =
                new DefaultFullHttpResponse(version, HttpResponseStatus.BAD_REQUEST, Unpooled.wrappedBuffer(body));
        problem.headers()
                .set(RequestIds.HEADER, id)
                .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        problem.headers().add(security.values());
        HttpUtil.setKeepAlive(problem, keepAlive);
        return problem;
    }
}
