using GuestSessions.Grains.Delivery;

namespace GuestSessions.Grains.Tests;

/// <summary>Guests whose attempts a gate learns from; each call makes another one.</summary>
internal static class Witnesses
{
    private static int _last;

    private static UInt128 Next => (UInt128)Interlocked.Increment(ref _last);

    /// <summary>Fed by a backend, with a delivery before.</summary>
    public static Witness Another() => new(Next, FromBackend: true, DeliveredBefore: true);

    /// <summary>Fed by a backend for the first time.</summary>
    public static Witness New() => new(Next, FromBackend: true, DeliveredBefore: false);

    /// <summary>A browser of which something was delivered.</summary>
    public static Witness Visitor() => new(Next, FromBackend: false, DeliveredBefore: true);

    /// <summary>A browser that nobody knows.</summary>
    public static Witness Stranger() => new(Next, FromBackend: false, DeliveredBefore: false);
}
