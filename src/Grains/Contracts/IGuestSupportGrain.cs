using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>What people do to one guest's events and line. The grain key is that of <see cref="IGuestSessionGrain"/>.</summary>
[Alias("guest-support"), Version(1)]
public interface IGuestSupportGrain : IGrainWithStringKey
{
    /// <summary>Puts a quarantined or in-doubt event at the head of the line, as it is or with another content.</summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("redrive")]
    Task<ActAnswer> RedriveAsync(RedriveRequest request);

    /// <summary>Redrives events as they are, in one commit. Those that are not set aside, or find no room, are left out.</summary>
    /// <returns>How many were redriven.</returns>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("redrive-many")]
    Task<int> RedriveManyAsync(IReadOnlyList<long> sequences, ActMessage act);

    /// <summary>Gives a quarantined or in-doubt event up.</summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("discard")]
    Task<ActAnswer> DiscardAsync(string eventId, ActMessage act);

    /// <summary>Says of an event whether it arrived.</summary>
    /// <exception cref="SessionUnavailableException">Nothing may be taken as done; the same call can be repeated.</exception>
    [Alias("resolve")]
    Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act);

    /// <summary>Stops the guest's delivery; null when the guest was never seen.</summary>
    [Alias("pause")]
    Task<PauseView?> PauseAsync(ActMessage act);

    /// <summary>Lets the guest's delivery go on; false when it was never seen.</summary>
    [Alias("resume")]
    Task<bool> ResumeAsync(ActMessage act);
}
