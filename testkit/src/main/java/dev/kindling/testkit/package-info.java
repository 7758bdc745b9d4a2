package dev.kindling.testkit;
