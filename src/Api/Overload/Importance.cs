namespace GuestSessions.Api.Overload;

/// <summary>What goes first when there is too much: from the least to the most important.</summary>
internal enum Importance
{
    /// <summary>Exports and live streams.</summary>
    Bulk,

    /// <summary>What support reads and does.</summary>
    Support,

    /// <summary>Views and searches.</summary>
    View,

    /// <summary>All other events.</summary>
    Event,

    /// <summary>Identities, carts and orders.</summary>
    Critical,
}
