/**
 * SQL scripts: statements in order, in one session that both engines share. Start at {@link
 * dev.kindling.runtime.script.ScriptRunner}.
 */
package dev.kindling.runtime.script;
