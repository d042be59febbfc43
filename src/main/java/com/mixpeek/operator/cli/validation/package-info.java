/** What an API server would refuse by the CRDs' rules, said without one and in its words. */
package com.mixpeek.operator.cli.validation;
