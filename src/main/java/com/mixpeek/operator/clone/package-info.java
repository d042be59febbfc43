/** How a clone is made: decided in pure functions, done in one place. */
package com.mixpeek.operator.clone;
