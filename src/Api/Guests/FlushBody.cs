using System.Text.Json.Serialization;
using GuestSessions.Api.Delivery;

namespace GuestSessions.Api.Guests;

/// <summary>What a flush came to.</summary>
/// <param name="Undelivered">Number of undelivered events when the flush was committed.</param>
public sealed record FlushBody(string Guest, int Undelivered)
{
    /// <summary>Why the next of them still does not move: a flush ends neither a pause nor what holds up the whole tenant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WaitBody? Waiting { get; init; }
}
