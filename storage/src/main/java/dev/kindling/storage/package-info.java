/**
 * Where a project keeps its runs, and how outputs reach their place without anything half-written
 * ever being visible there.
 *
 * <p>A run takes the {@link dev.kindling.storage.ProjectLock} of its {@link
 * dev.kindling.storage.ProjectDirectory}, calls {@link dev.kindling.storage.Recovery} to put right
 * what a killed run left, writes its outputs to folders that {@link dev.kindling.storage.Staging}
 * hands out, and lets {@link dev.kindling.storage.Publisher} move them to their targets. Start at
 * {@link dev.kindling.storage.Staging}.
 *
 * <p>Every change of a file system goes through one package-private interface, {@code Store}, so
 * that the order of the steps is written once for all kinds of store and can be tested by stopping
 * after each of them.
 */
package dev.kindling.storage;
