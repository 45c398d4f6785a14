package org.resticmanager.job;

/**
 * A source group of a forget has got a job of its own, because the agent takes one in each.
 *
 * @param whole the job that was for all of them, or the first of its attempts
 * @param part the new job
 */
public record ForgetSplit(JobId whole, JobId part) {}
