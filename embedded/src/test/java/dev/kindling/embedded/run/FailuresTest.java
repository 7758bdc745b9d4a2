package dev.kindling.embedded.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.EngineFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void whatAnotherThreadRanIntoIsASentence() {
    EngineFailure failure =
        Failures.translate(
            new SQLException(
                """
                IO Error: Async write failed for range [offset=492594, size=4005771]: \
                {"exception_type":"IO","exception_message":"Could not write file \\"/a/out\\": \
                No space left on device","errno":"28"}"""));

    assertThat(failure.reason()).isEqualTo(EngineFailure.Reason.NO_SPACE);
    assertThat(failure)
        .hasMessage("IO Error: Could not write file \"/a/out\": No space left on device");
  }

  @Test
  void otherMessagesStayAsTheyAre() {
    assertThat(Failures.translate(new SQLException("Out of Range Error: {\"a\": 1}")))
        .hasMessage("Out of Range Error: {\"a\": 1}");
  }
}
