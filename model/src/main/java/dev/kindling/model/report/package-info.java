/**
 * The report of a run as one HTML page. Start at {@link dev.kindling.model.report.HtmlReport}.
 * Everything here is stateless.
 */
package dev.kindling.model.report;
