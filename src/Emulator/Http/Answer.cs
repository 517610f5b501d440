using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Http;

/// <summary>What the upstream decides about a request: its fate, the answer to give, and why.</summary>
internal sealed record Answer(Fate Fate, int Status, object Body)
{
    /// <summary>The code of the most severe finding.</summary>
    public string? Reason { get; private init; }

    public Effect Effect { get; private init; }

    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    public static Answer Ok(object body) => new(Fate.Served, StatusCodes.Status200OK, body);

    /// <summary>An event that is answered as a success, whatever its effect.</summary>
    public static Answer Created(Receipt receipt, Judgement judgement) => new(
        judgement.Effect == Effect.Swallowed ? Fate.Swallowed : Fate.Kept,
        StatusCodes.Status201Created, receipt)
    {
        Reason = judgement.Reason,
        Effect = judgement.Effect,
        Findings = judgement.Findings,
    };

    /// <summary>An error in the shape that the vendor's REST interfaces document.</summary>
    public static Answer Error(int status, string reason, string path, string message) =>
        new(Fate.Refused, status, ErrorBody.Of(status, message))
        {
            Reason = reason,
            Effect = Effect.Refused,
            Findings = [new Finding(Effect.Refused, reason, path, message, Basis.Documented)],
        };
}
