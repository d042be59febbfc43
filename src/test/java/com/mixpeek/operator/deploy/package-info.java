/** What {@code deploy/} ships, held against Kubernetes, the operator and the tools that read it. */
package com.mixpeek.operator.deploy;
