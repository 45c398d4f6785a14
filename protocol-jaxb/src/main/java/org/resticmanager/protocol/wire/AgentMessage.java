package org.resticmanager.protocol.wire;

/** What an agent may say to the control plane. */
public sealed interface AgentMessage extends Message
    permits Hello,
        Heartbeat,
        CommandResult,
        JobStarted,
        JobProgress,
        LogStream,
        LogLines,
        RepoStats,
        SnapshotsReport,
        JobFinished,
        ScheduleAck,
        ScheduleFire,
        TreeListResult,
        TokenUpdateResult,
        WireError {}
