using System.Diagnostics;
using System.Text.Json.Serialization;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Delivery;

/// <summary>Why events wait, and what ends the wait.</summary>
/// <param name="Code">
/// <c>sending</c>, <c>taking_over</c>, <c>paused</c>, <c>tenant_paused</c>, <c>refused_waits</c>, <c>set_aside_full</c>,
/// <c>awaiting_browser</c>, <c>settle</c>, <c>back_off</c>, <c>browser_id</c>, <c>earlier_event</c>,
/// <c>upstream_misconfigured</c>, <c>upstream_refuses</c>, <c>retry_after</c>, <c>circuit_open</c>, <c>rate_limit</c>,
/// <c>turn</c>, <c>no_terms</c> or <c>shutting_down</c>.
/// </param>
/// <param name="Detail">The same in a sentence, with what ends the wait.</param>
public sealed record WaitBody(string Code, string Detail)
{
    /// <summary>When the wait ends by itself or the next attempt follows, if that is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>The upstream's status that caused the wait.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    /// <summary>The sequence of the event that goes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Behind { get; init; }

    internal static WaitBody? Of(WaitView? wait)
    {
        if (wait is null)
            return null;
        return new WaitBody(Names.Of(wait.Code), Tell(wait)) { Until = wait.Until, Status = wait.Status, Behind = wait.Behind };
    }

    private static string Tell(WaitView wait) => wait.Code switch
    {
        WaitCode.Sending => "Its request is on its way to the upstream.",
        WaitCode.TakingOver =>
            "The silo that sent it is gone. Its outcome may still arrive; otherwise the event becomes in doubt.",
        WaitCode.Paused =>
            "A person paused this guest's delivery. It goes on when somebody resumes the guest.",
        WaitCode.TenantPaused =>
            "A person paused the tenant's delivery. It goes on when somebody resumes the tenant.",
        WaitCode.RefusedWaits =>
            "The upstream refused an event whose type makes the line wait. Redrive, discard or resolve that event.",
        WaitCode.SetAsideFull =>
            "Too many events of this guest are quarantined or in doubt. Redrive, discard or resolve some of them.",
        WaitCode.AwaitingBrowser =>
            "Another guest had this browser before. That guest's line delivers the browser's earlier events first.",
        WaitCode.Settle =>
            "It waits for the tenant's settle time, so that an older event can still be sent before it.",
        WaitCode.BackOff =>
            "The last attempt did not deliver it. The next is scheduled; a flush of the guest retries at once.",
        WaitCode.BrowserId => "The upstream has not issued a browser id for this guest yet.",
        WaitCode.EarlierEvent => $"Event {wait.Behind} of the same line goes first.",
        WaitCode.UpstreamMisconfigured =>
            $"The upstream{Answers(wait)} as if the tenant's credentials or base URL were wrong. One event a minute is tried; "
            + "delivery resumes when one is accepted.",
        WaitCode.UpstreamRefuses =>
            $"The upstream{Answers(wait)} and refuses most guests' events. One event a minute is tried; delivery resumes when "
            + "one is accepted, or when somebody resumes the tenant.",
        WaitCode.RetryAfter => "The upstream asked by Retry-After not to be called for a while.",
        WaitCode.CircuitOpen =>
            "The upstream fails too often: the circuit is open. One event is tried; after its answer, the others follow.",
        WaitCode.RateLimit => "The tenant's rate is used up for now.",
        WaitCode.Turn => "It waits for its turn to be sent.",
        WaitCode.NoTerms =>
            "Its silo cannot read the tenant's state and does not know whether it may send. It asks every two seconds.",
        WaitCode.ShuttingDown => "Its silo is shutting down. The guest's next silo continues.",
        _ => throw new UnreachableException($"No sentence for {wait.Code}."),
    };

    private static string Answers(WaitView wait) => wait.Status is { } status ? $" answers {status}" : " answers";
}
