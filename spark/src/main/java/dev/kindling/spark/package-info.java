package dev.kindling.spark;
