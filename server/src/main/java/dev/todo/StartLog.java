package dev.todo;

import dev.todo.database.Database;
import dev.todo.web.MetricsServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** A few lines for whoever has just started the server, and one when it has stopped. */
@Component
class StartLog {
    private static final Logger log = LoggerFactory.getLogger(StartLog.class);

    private final BuildProperties build;
    private final Database database;
    private final MetricsServer metrics;

    StartLog(BuildProperties build, Database database, MetricsServer metrics) {
        this.build = build;
        this.database = database;
        this.metrics = metrics;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        String address = "http://localhost:" + environment.getProperty("local.server.port");
        log.info("Todo API {} answers at {}", build.getVersion(), address);
        log.info("  reference {}/docs", address);
        log.info("  contract  {}/openapi.yaml", address);
        log.info("  metrics   http://localhost:{}/metrics", metrics.port());
        log.info("  data      {}", database.location());
        SpringApplication.getShutdownHandlers().add(() -> log.info("Todo API stopped"));
    }
}
