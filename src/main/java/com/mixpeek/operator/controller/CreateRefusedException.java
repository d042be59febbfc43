package com.mixpeek.operator.controller;

/** The API server refused a create for a reason that may pass: it is to be tried again later. */
final class CreateRefusedException extends RuntimeException {

  CreateRefusedException(String message) {
    super(message);
  }
}
