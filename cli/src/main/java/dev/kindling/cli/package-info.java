package dev.kindling.cli;
