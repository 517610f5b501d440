namespace GuestSessions.Grains.Delivery;

/// <summary>
/// The right to have one request in flight: part of the silo's and of the tenant's bound, and a rate token. Only the holder
/// of a permit writes a start, so that no start waits for a permit while its validity runs out.
/// </summary>
/// <remarks>
/// A permit is valid for one send and ends once, when it is released or exchanged for the next one. Ending it again does
/// nothing. So a permit in use cannot be released twice, in whatever order outcomes and answers arrive.
/// </remarks>
/// <param name="id">Unique over all silos.</param>
/// <param name="isPublic">
/// Whether it was given for an event that came with a public key, and counts towards the share of such events.
/// </param>
/// <param name="streak">Number of requests that the holder has sent in a row, including this one.</param>
public sealed class SendPermit(long id, string tenant, bool isPublic = false, int streak = 1)
{
    private bool _ended;

    /// <summary>Whether its request is in flight. Used under the gate's lock.</summary>
    internal bool IsSending { get; set; }

    public long Id { get; } = id;

    public string Tenant { get; } = tenant;

    public bool IsPublic { get; } = isPublic;

    public int Streak { get; } = streak;

    /// <summary>Ends the permit. Used under the gate's lock.</summary>
    /// <returns>Whether it was still valid.</returns>
    internal bool End()
    {
        if (_ended)
            return false;
        return _ended = true;
    }
}
