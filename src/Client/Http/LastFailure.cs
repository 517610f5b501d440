namespace GuestSessions.Client;

/// <summary>Why the last try of a call failed, for who learns only that its time is over.</summary>
internal sealed class LastFailure
{
    private Exception? _why;

    /// <summary>Null while no try has failed.</summary>
    public Exception? Why => Volatile.Read(ref _why);

    /// <summary>A try that was broken off says less than the failure before it, so it never replaces one.</summary>
    public void Keep(Exception why)
    {
        if (why is TimeoutException)
            Interlocked.CompareExchange(ref _why, why, null);
        else
            Volatile.Write(ref _why, why);
    }
}
