/** Who assigns IDs to Collections and Taxonomies, and keeps names and IDs unique in a namespace. */
package com.mixpeek.operator.catalog;
