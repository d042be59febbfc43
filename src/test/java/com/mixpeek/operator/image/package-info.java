/** The image that {@code make image} builds: built without a registry, unpacked and run. */
package com.mixpeek.operator.image;
