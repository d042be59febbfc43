/**
 * How a clone is decided: its target, its status, its messages. Pure: no client, clock, chance or
 * logger; a clone wants a resource that has an ID and never asks for one.
 */
package com.mixpeek.operator.clone;
