/**
 * What a Mixpeek namespace has, read over the API within its requests a minute, and the manifests
 * of it. Nothing there is changed.
 */
package com.mixpeek.operator.cli.remote;
