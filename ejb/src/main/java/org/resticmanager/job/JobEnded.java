package org.resticmanager.job;

/** A job has ended; observe it after commit. */
public record JobEnded(JobDetails job) {}
