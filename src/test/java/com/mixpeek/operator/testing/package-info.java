/** What tests read, compare and run: scenarios of YAML, statuses, JSON of any kind, programs. */
package com.mixpeek.operator.testing;
