package dev.kindling.model;
