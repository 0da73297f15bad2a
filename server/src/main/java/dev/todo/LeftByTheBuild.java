package dev.todo;

import dev.todo.files.Folder;
import dev.todo.web.Contract;
import java.util.List;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What is the same at each start of a jar, and so is found out when it is made: what is in its folders, the contract. */
public class LeftByTheBuild implements BeanFactoryInitializationAotProcessor {
    private static final List<String> FOLDERS = List.of("app", "db", "docs", "problems");

    @Override
    public BeanFactoryInitializationAotContribution processAheadOfTime(ConfigurableListableBeanFactory beans) {
        return (context, code) -> {
            GeneratedFiles jar = context.getGeneratedFiles();
            for (String folder : FOLDERS) {
                jar.addResourceFile(
                        Folder.list(folder), String.join("\n", Folder.of(folder).files()));
            }
            jar.addResourceFile(Contract.AS_PARSED, Contract.forTheParser());
        };
    }
}
