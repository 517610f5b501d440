namespace GuestSessions.Core.Receipts;

/// <summary>How the API, the audit and the logs write what people do.</summary>
public static class ActNames
{
    public const string Redriven = "redriven";
    public const string RedrivenEdited = "redriven_edited";
    public const string Discarded = "discarded";
    public const string ResolvedDelivered = "resolved_delivered";
    public const string ResolvedNotDelivered = "resolved_not_delivered";
    public const string GuestPaused = "guest_paused";
    public const string GuestResumed = "guest_resumed";
    public const string GuestFlushed = "guest_flushed";
    public const string ReplayBegun = "replay_begun";
    public const string TenantPaused = "tenant_paused";
    public const string TenantResumed = "tenant_resumed";
    public const string TenantAdded = "tenant_added";
    public const string TenantRemoved = "tenant_removed";
    public const string SettingsChanged = "settings_changed";
    public const string ExtTypesReset = "ext_types_reset";
    public const string BulkRedriveStarted = "bulk_redrive_started";
    public const string BulkDiscardStarted = "bulk_discard_started";
    public const string BulkResolveStarted = "bulk_resolve_started";
    public const string GuestErased = Events.EventCodes.GuestErased;
    public const string ErasureLifted = "erasure_lifted";
    public const string ErasureFileTaken = "erasure_file_taken";
    public const string ErasureDoneUpstream = "erasure_done_upstream";
    public const string EventBlanked = "event_blanked";
    public const string GuestExported = "guest_exported";
    public const string ExportTaken = "export_taken";
    public const string ConsentDenied = "consent_denied";
    public const string ConsentGranted = "consent_granted";
    public const string ValueRevealed = "value_revealed";
    public const string OperationCancelled = "operation_cancelled";
}
