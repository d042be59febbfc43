/**
 * Why a request to the API server failed, in the words that the operator and the command line both
 * use. It sends none.
 */
package com.mixpeek.operator.client;
