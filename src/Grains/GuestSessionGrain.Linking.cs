using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Linking;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain : IGuestLinkingGrain
{
    private BrowserClaims _claims = null!;
    private DrainWatch _drains = null!;
    private GuestLinking _linking = null!;

    public async Task<ReleaseAnswer> ReleaseBrowserAsync(ReleaseMessage message) =>
        ReleaseAnswer.From(await _linking.ReleaseAsync(message));

    public async Task<IReadOnlyList<SessionMessage>> ReadBrowserAsync(string browserId) =>
        SessionMessage.From(await _linking.ReadBrowserAsync(browserId));

    public Task<bool> HasDrainedAsync(DrainQuery query) => _linking.HasDrainedAsync(query);

    public Task TakeDrainedAsync(DrainQuery query) => _linking.TakeDrainedAsync(query);

    private BrowserStep<RecordAnswer> TryRecord(SessionWork work, RecordRequest request)
    {
        var missing = MissingBrowsers(work.State, request);
        return missing.Count > 0 ? new(null, missing) : new(new RecordAnswer(Record(work, request)), []);
    }

    /// <summary>The browsers of events that would be taken if the guest owned them; a duplicate takes no browser.</summary>
    private List<string> MissingBrowsers(GuestSession state, RecordRequest request)
    {
        List<string> missing = [];
        foreach (var message in request.Events)
        {
            if (message.BrowserId is { } browserId && state.Browsers.Held(browserId) is null
                && !missing.Contains(browserId, StringComparer.OrdinalIgnoreCase)
                && Decider.Record(state, Messages.ToCommand(
                    request, message, null, _tenant, Now)).Result.Verdict
                    == RecordVerdict.NeedsBrowser)
                missing.Add(browserId);
        }

        return missing;
    }

    private static RecordResult BrowserBusy { get; } = RetryIn(TimeSpan.FromSeconds(1), Decider.BrowserBusy);
}
