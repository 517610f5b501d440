namespace GuestSessions.Grains.Delivery;

/// <summary>
/// The right to have one request in flight: a slot of the silo and of the tenant, and a rate token. A start is only
/// written by who holds one, so that no intent waits for a slot while its validity runs out.
/// </summary>
/// <remarks>
/// It is good for one send and ends once, by being released or exchanged for the next; ending it again does nothing.
/// So nobody can give back a slot that is in use, whatever order outcomes and answers come in.
/// </remarks>
/// <param name="id">Unique over the silos.</param>
/// <param name="isPublic">It was given for an event that came with a public key, and counts towards their share.</param>
/// <param name="streak">Requests its holder has sent in a row, this one included.</param>
public sealed class SendPermit(long id, string tenant, bool isPublic = false, int streak = 1)
{
    private bool _ended;

    /// <summary>Its request is on its way. Used under the gate's lock.</summary>
    internal bool IsSending { get; set; }

    public long Id { get; } = id;

    public string Tenant { get; } = tenant;

    public bool IsPublic { get; } = isPublic;

    public int Streak { get; } = streak;

    /// <summary>Used under the gate's lock.</summary>
    /// <returns>Whether it was still good.</returns>
    internal bool End()
    {
        if (_ended)
            return false;
        return _ended = true;
    }
}
