package dev.kindling.runtime;
