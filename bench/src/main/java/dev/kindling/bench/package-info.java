package dev.kindling.bench;
