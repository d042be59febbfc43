/** What {@code make build} makes, built in a folder of its own and run as a user would. */
package com.mixpeek.operator.executable;
