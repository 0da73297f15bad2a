package dev.todo;

import dev.todo.accounts.AccountSettings;
import dev.todo.auth.AuthSettings;
import dev.todo.auth.Environment;
import dev.todo.auth.OwnTokens;
import dev.todo.auth.PreviousSecret;
import dev.todo.auth.Revocations;
import dev.todo.auth.TokenVerifier;
import dev.todo.database.DataDirectory;
import dev.todo.web.Contract;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.ProtectionDomain;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openapitools.jackson.nullable.JsonNullableJackson3Module;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** The Todo API server. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class TodoServer {
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(TokenCommand.NAME)) {
            TokenCommand.run(arguments);
        } else {
            useWhatTheBuildLeft();
            leaveOutNettyEvents();
            // SLF4J complains on the console where two threads come to it first.
            LoggerFactory.getILoggerFactory();
            Contract.beginToRead();
            SpringApplication server = new SpringApplication(TodoServer.class);
            server.addListeners(new Console.Listener());
            server.run(arguments);
        }
    }

    /** In the jar all is taken as the build has found it: to find the beans again would take a quarter of the start. */
    private static void useWhatTheBuildLeft() {
        ProtectionDomain code = TodoServer.class.getProtectionDomain();
        if (System.getProperty(AotDetector.AOT_ENABLED) == null
                && code.getCodeSource().getLocation().toString().contains(".jar")
                && ClassUtils.isPresent(TodoServer.class.getName() + "__ApplicationContextInitializer", null)) {
            System.setProperty(AotDetector.AOT_ENABLED, "true");
        }
    }

    /** For Java Flight Recorder, recording or not, Netty makes classes as it starts: a twentieth of one from a cache. */
    private static void leaveOutNettyEvents() {
        if (System.getProperty("io.netty.jfr.enabled") == null) {
            System.setProperty("io.netty.jfr.enabled", "false");
        }
    }

    /** Before anything starts, so that nothing has to be stopped again for a bad value. */
    @Bean
    static BeanFactoryPostProcessor settingsFirst() {
        return beans -> Arrays.stream(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
                .filter(name -> name.contains(TodoServer.class.getPackageName()))
                .forEach(beans::getBean);
    }

    /** The only clock. It ticks in microseconds, as PostgreSQL does: what is answered is what is kept. */
    @Bean
    InstantSource clock() {
        InstantSource system = InstantSource.system();
        return () -> system.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** For what is to happen only if something else has not; most of it never does. */
    @Bean(destroyMethod = "stop")
    Timer timer() {
        return new HashedWheelTimer(new DefaultThreadFactory("timer", true), 20, TimeUnit.MILLISECONDS);
    }

    @Bean
    Environment environmentSetting(@Value("${environment:}") String setting) {
        return Environment.of(setting);
    }

    @Bean
    OwnTokens ownTokens(
            AccountSettings accounts,
            AuthSettings settings,
            Environment environment,
            DataDirectory directory,
            InstantSource clock) {
        String secret = settings.completed(environment, directory::path).secret();
        return new OwnTokens(accounts.issuer(), accounts.key(), secret, clock);
    }

    @Bean
    Revocations revocations() {
        return new Revocations();
    }

    @Bean(initMethod = "start")
    TokenVerifier tokenVerifier(
            AuthSettings settings,
            PreviousSecret previous,
            Environment environment,
            DataDirectory directory,
            OwnTokens ownTokens,
            Revocations revocations,
            InstantSource clock) {
        AuthSettings completed = settings.completed(environment, directory::path);
        return new TokenVerifier(completed, previous.acceptedWith(completed), ownTokens, revocations, clock);
    }

    /** Tells an absent field from one that is null. */
    @Bean
    JsonNullableJackson3Module absentIsNotNull() {
        return new JsonNullableJackson3Module();
    }
}
