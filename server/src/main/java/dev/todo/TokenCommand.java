package dev.todo;

import dev.todo.auth.AuthSettings;
import dev.todo.auth.Environment;
import dev.todo.auth.LocalToken;
import dev.todo.database.DataDirectory;
import dev.todo.problem.StartRefused;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** {@code java -jar todo-server.jar token alice}: prints a token for the server on this computer. */
@EnableConfigurationProperties({AuthSettings.class, DataDirectory.class})
class TokenCommand {
    static final String NAME = "token";

    static void run(String[] arguments) {
        SpringApplication command = new SpringApplicationBuilder(TokenCommand.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(Map.of("logging.level.root", "off"))
                .build();
        command.run(arguments);
    }

    @Bean
    @SuppressWarnings("SystemOut") // The token is what the command is for.
    CommandLineRunner printer(
            AuthSettings settings, DataDirectory directory, @Value("${environment:}") String environment) {
        return arguments -> {
            if (arguments.length != 2) {
                throw new StartRefused("say whose token you want: token alice.");
            }
            System.out.println(LocalToken.forUser(
                    arguments[1], settings, Environment.of(environment), directory::path, InstantSource.system()));
        };
    }
}
