package dev.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the runtime's Javadoc compile against the class that is generated of a model. */
class JavadocExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("^(public |final |abstract )*(class|record|interface|enum) ", Pattern.MULTILINE);

    private static final String MODEL = """
        package examples

        model LeNet5 {
          input image: [1, 28, 28]
          output logits = image -> flatten -> fc: dense(10)
          output probabilities = logits -> softmax
        }

        train LeNet5 {
          target label: class(10)
          loss cross_entropy(logits, label)
          optimizer sgd(lr=0.1)
          batch 32
          epochs 1
        }
        """;

    /** What an example may take for given, beside the types of the examples before. */
    private static final String CLASS = """
        import dev.fovea.images.*;
        import dev.fovea.ops.*;
        import dev.fovea.runtime.*;
        import dev.fovea.runtime.data.*;
        import dev.fovea.runtime.model.*;
        import dev.fovea.runtime.train.*;
        import examples.LeNet5;
        import java.nio.file.Path;
        import java.util.*;

        final class Examples {
          static LeNet5 model;
          static DataSet trainingSet;
          static DataSet testSet;
          static TrainingListener listener;
          static float[] image;

        %s}
        """;

    @Test
    void examplesCompile(@TempDir Path folder) throws IOException {
        Map<String, List<String>> examples = examples();
        assertThat(examples)
                .containsKeys("CompiledModel", "CustomMetric", "DataSet", "Predictor", "Trainer", "TrainingListener");
        StringBuilder members = new StringBuilder();
        examples.forEach((owner, texts) -> {
            for (int i = 0; i < texts.size(); i++) {
                boolean type = TYPE.matcher(texts.get(i)).lookingAt();
                String opening = type ? "static " : "void of" + owner + i + "() throws Exception {\n";
                members.append(opening).append(texts.get(i)).append(type ? "\n\n" : "\n}\n\n");
            }
        });
        Path model = Files.writeString(
                Files.createDirectories(folder.resolve("examples")).resolve("lenet5.cnn"), MODEL);
        String text = CLASS.formatted(members);
        Path file = Files.writeString(folder.resolve("Examples.java"), text);
        assertThat(JavaPages.faults(file, List.of(model), folder)).as(text).isEmpty();
    }

    /** By the simple names of the files that hold them. */
    private static Map<String, List<String>> examples() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (String module : List.of("core", "images")) {
            try (Stream<Path> files = Files.walk(MarkdownPage.ROOT.resolve("runtime/" + module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(file -> {
                    Matcher example = EXAMPLE.matcher(read(file));
                    while (example.find()) {
                        String owner = file.getFileName().toString().replace(".java", "");
                        found.computeIfAbsent(owner, none -> new ArrayList<>())
                                .add(example.group(1).replaceAll("(?m)^ \\* ?", ""));
                    }
                });
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
