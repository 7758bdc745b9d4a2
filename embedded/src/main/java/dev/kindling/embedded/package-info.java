package dev.kindling.embedded;
