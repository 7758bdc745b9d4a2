/** A diagnosis for people and for programs. */
package dev.kindling.doctor.view;
