/**
 * Manifests in files: read as kubectl reads them, each field with the place where it stands, and
 * written so that kubectl reads the same. It judges nothing.
 */
package com.mixpeek.operator.cli.manifest;
