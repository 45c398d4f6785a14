package org.resticmanager.protocol.wire;

/** What the control plane may say to an agent. */
public sealed interface ServerMessage extends Message
    permits Welcome,
        ConfigUpdate,
        ScheduleSet,
        CommandRun,
        CommandCancel,
        CommandUpdate,
        TreeList,
        EventAck,
        TokenUpdate,
        AgentUpdateAvailable,
        WireError {}
