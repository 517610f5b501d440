namespace GuestSessions.Api.Overload;

/// <summary>The order of load shedding: from the least important, which is refused first, to the most important.</summary>
internal enum Importance
{
    /// <summary>Exports and live streams.</summary>
    Bulk,

    /// <summary>Calls of support.</summary>
    Support,

    /// <summary>Views and searches.</summary>
    View,

    /// <summary>All other events.</summary>
    Event,

    /// <summary>Identities, carts and orders.</summary>
    Critical,
}
