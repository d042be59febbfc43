/**
 * What an API server would refuse by the CRDs' rules, told without one and in its words. It asks no
 * cluster: all rules come from the CRDs.
 */
package com.mixpeek.operator.cli.validation;
