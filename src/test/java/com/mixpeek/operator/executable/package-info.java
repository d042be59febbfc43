/** What {@code make build} makes, run as a user would. */
package com.mixpeek.operator.executable;
