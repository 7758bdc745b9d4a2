/** Event logs as files: one or rolling, compressed or not, whole, cut or still growing. */
package dev.kindling.doctor.log;
