/**
 * Who looks at a page of Spark's: {@link dev.kindling.cluster.page.UserFilter} runs inside Spark's
 * processes, and takes the tokens that {@link dev.kindling.cluster.page.PageToken} signs. Instances
 * may be shared between threads.
 */
package dev.kindling.cluster.page;
