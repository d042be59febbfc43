package com.mixpeek.operator.clone;

/** The API server refused a create for a reason that may pass: it is to be tried again later. */
final class RefusedForNow extends RuntimeException {

  RefusedForNow(String message) {
    super(message);
  }
}
