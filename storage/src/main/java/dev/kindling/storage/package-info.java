package dev.kindling.storage;
