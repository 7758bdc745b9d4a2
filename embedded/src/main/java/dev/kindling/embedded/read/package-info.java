/** Files as relations, each behind a proof that both engines read the same rows from them. */
package dev.kindling.embedded.read;
