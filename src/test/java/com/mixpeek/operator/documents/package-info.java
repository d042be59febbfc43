/** The pages in Markdown: what they show, name and draw is what there is. */
package com.mixpeek.operator.documents;
