/**
 * Pages as a real browser shows them. Start at {@link dev.kindling.testkit.browser.Browser}. A
 * browser is used by one thread.
 */
package dev.kindling.testkit.browser;
