package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterFilesCommandTest {
  @TempDir Path folder;

  private static Result files(String... more) {
    List<String> args = new ArrayList<>(List.of("cluster", "files"));
    args.addAll(List.of(more));
    return Cli.launch(args.toArray(String[]::new));
  }

  @Test
  void printsOneFileAsItIs() {
    Result result = files("compose");

    assertThat(result.exitCode()).isZero();
    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output())
        .startsWith("# A standalone cluster of Apache Spark 4.0.1")
        .contains("replicas: 3\n")
        .contains("memory: 4096m\n");
  }

  @Test
  void printsSeveralFilesWithTheirNames() throws IOException {
    String[] args = {"systemd", "--hosts", "a, b", "--cores", "8", "--memory", "32g"};
    Result text = files(args);
    Result json =
        files("systemd", "--hosts", "a,b", "--cores", "8", "--memory", "32g", "--output", "json");
    JsonNode made = new ObjectMapper().readTree(json.output()).path("files");

    assertThat(text.output()).contains("### spark-worker.service\n").contains("on each of: a b.");
    assertThat(made).hasSize(8);
    assertThat(made.path(7).path("name").asText()).isEqualTo("install.sh");
    assertThat(made.path(7).path("executable").asBoolean()).isTrue();
  }

  @Test
  void writesFilesAndNeverOverOthers() throws IOException {
    String to = folder.resolve("k8s").toString();
    Result first = files("kubernetes", "--to", to);
    Path rbac = folder.resolve("k8s/rbac.yaml");
    Files.writeString(rbac, "mine");
    Files.delete(folder.resolve("k8s/submit.sh"));
    Result second = files("kubernetes", "--to", to);
    String kept = Files.readString(rbac);
    Result third = files("kubernetes", "--to", to, "--force");

    assertThat(first.exitCode()).isZero();
    assertThat(first.output().lines()).contains(rbac.toString());
    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.errorOutput())
        .contains("has rbac.yaml, Dockerfile, spark-application.yaml already")
        .contains("--force");
    assertThat(kept).isEqualTo("mine");
    assertThat(third.exitCode()).isZero();
    assertThat(Files.readString(rbac)).contains("kind: Role");
    assertThat(folder.resolve("k8s/submit.sh")).isExecutable();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --cores=4                                  | needs a kind: compose, systemd, kubernetes, emr, dataproc, synapse.
          composer                                   | Did you mean 'compose'?
          systemd                                    | --hosts a,b,c
          systemd --hosts=a,b --nodes=2              | --nodes does not go with systemd
          systemd --hosts=a,,b                       | Cannot use '' of --hosts
          kubernetes --namespace=Spark               | Cannot use 'Spark' of --namespace
          emr --cores=7 --memory=13g                 | No EC2 machine is known with 7 cores and 13 GB
          emr --spot=2                               | accepted for --spot: 0 to 1
          emr --spot=half                            | Cannot read --spot 'half'
          synapse                                    | none of its images has Spark 4.0
          compose --memory=1g                        | has no place for an executor
          """)
  void namesWhatIsWrong(String options, String message) {
    Result result = files(options.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput()).contains(message);
  }
}
