using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>Events of erased guests, which are rejected whatever guest they are sent for.</summary>
internal sealed partial class Recording
{
    /// <summary>The result of an event of an erased guest.</summary>
    public static readonly RecordResult Erased = new(RecordStatus.Rejected, Code: EventCodes.GuestErased);
    private static readonly RecordResult BeingErased = Admission.RetryIn(TimeSpan.FromSeconds(1), EventCodes.GuestBusy);

    private GuestKeyring Keyring => ports.Journal.Keyring;

    /// <summary>Why the guest accepts no events; null when it accepts them.</summary>
    private RecordResult? Refusal => guest.IsErased ? Erased : guest.IsErasing ? BeingErased : guest.Admission.Refusal;

    private RecordResult? RefusalOfLastChance =>
        guest.IsErased ? Erased : guest.IsErasing ? BeingErased : guest.Admission.RefusalOfLastChance;

    private void Note(RecordResult result)
    {
        ports.Instruments.Recorded(committer.Key.Tenant, result);
        if (result is { Status: RecordStatus.Accepted, Found: [{ Code: EventCodes.NoConsent }] })
            ports.Instruments.Dropped(committer.Key.Tenant, EventCodes.NoConsent);
    }

    /// <summary>Rejects some events of a request and records the others, in their order.</summary>
    private async Task<RecordAnswer> RecordOthersAsync(RecordRequest request, bool[] erased)
    {
        List<EventToRecord> others = [.. request.Events.Where((_, at) => !erased[at])];
        var answers = others.Count == 0 ? [] : (await RecordAsync(request with { Events = others })).Results;
        var results = new RecordResult[request.Events.Count];
        for (int at = 0, next = 0; at < results.Length; at++)
        {
            results[at] = erased[at] ? Erased : answers[next++];
            if (erased[at])
                ports.Instruments.Recorded(committer.Key.Tenant, Erased);
        }

        return new RecordAnswer(results);
    }
}
