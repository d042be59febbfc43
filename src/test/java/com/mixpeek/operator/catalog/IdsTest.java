package com.mixpeek.operator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An ID that was lost with a status must come out again: each was computed apart, in Python. */
class IdsTest {

  @ParameterizedTest
  @CsvSource({
    "col_, 00000000-0000-0000-0000-000000000000, 0, col_QVxEPYlPht",
    "col_, 00000000-0000-0000-0000-000000000000, 1, col_0nFgLu4C9V",
    "col_, 00000000-0000-0000-0000-000000000000, 2, col_yaD0N0QS3D",
    "tax_, 00000000-0000-0000-0000-000000000000, 0, tax_QVxEPYlPht",
    "col_, 8f9c1d5e-3b2a-4c7d-9e6f-0a1b2c3d4e5f, 0, col_GemiV1AVpk",
    "col_, 8f9c1d5e-3b2a-4c7d-9e6f-0a1b2c3d4e5f, 1, col_FJCkupwnmQ",
    "tax_, 8f9c1d5e-3b2a-4c7d-9e6f-0a1b2c3d4e5f, 0, tax_GemiV1AVpk",
  })
  void fixed(String prefix, String uid, int attempt, String id) {
    assertThat(Ids.of(prefix, uid, attempt)).isEqualTo(id);
    assertThat(Ids.of(prefix, uid, attempt)).isEqualTo(id);
  }

  @Test
  void everyIdHasThePrefixAndTenLettersAndDigits() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      String uid = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)}).toString();
      String id = Ids.of("col_", uid, i % 3);
      assertThat(id).matches("col_[0-9A-Za-z]{10}");
      ids.add(id);
    }
    assertThat(ids).hasSize(2000);
  }
}
