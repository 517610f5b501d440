using GuestSessions.Core.Delivery;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts.Surrogates;

[GenerateSerializer, Immutable]
internal readonly record struct AttemptReportSurrogate(
    [property: Id(0)] AttemptOutcome Outcome,
    [property: Id(1)] TimeSpan Duration,
    [property: Id(2)] int? Status,
    [property: Id(3)] string? Reference,
    [property: Id(4)] string? Answer,
    [property: Id(5)] ConnectionUse? Connection,
    [property: Id(6)] string? Error,
    [property: Id(7)] TimeSpan? RetryAfter,
    [property: Id(8)] bool IsEventsOwn);

[GenerateSerializer, Immutable]
internal readonly record struct BrowserIdReportSurrogate(
    [property: Id(0)] string? BrowserId,
    [property: Id(1)] string? CustomerReference,
    [property: Id(2)] AttemptReport Attempt);

[GenerateSerializer, Immutable]
internal readonly record struct AttemptSurrogate(
    [property: Id(0)] int Number,
    [property: Id(1)] DateTimeOffset StartedAt,
    [property: Id(2)] AttemptResult? Result);

[GenerateSerializer, Immutable]
internal readonly record struct AttemptResultSurrogate(
    [property: Id(0)] AttemptOutcome Outcome,
    [property: Id(1)] DateTimeOffset EndedAt,
    [property: Id(2)] TimeSpan Duration,
    [property: Id(3)] int? Status,
    [property: Id(4)] string? Reference,
    [property: Id(5)] string? Answer,
    [property: Id(6)] string? Error,
    [property: Id(7)] ConnectionUse? Connection);

/// <summary>Attempts and their outcomes: as the dispatcher reports them, and as a receipt stores them.</summary>
[RegisterConverter]
internal sealed class AttemptConverter :
    IConverter<AttemptReport, AttemptReportSurrogate>,
    IConverter<BrowserIdReport, BrowserIdReportSurrogate>,
    IConverter<Attempt, AttemptSurrogate>,
    IConverter<AttemptResult, AttemptResultSurrogate>
{
    public AttemptReportSurrogate ConvertToSurrogate(in AttemptReport value) => new(
        value.Outcome, value.Duration, value.Status, value.Reference, value.Answer, value.Connection, value.Error,
        value.RetryAfter, value.IsEventsOwn);

    public AttemptReport ConvertFromSurrogate(in AttemptReportSurrogate surrogate) => new()
    {
        Outcome = surrogate.Outcome,
        Duration = surrogate.Duration,
        Status = surrogate.Status,
        Reference = surrogate.Reference,
        Answer = surrogate.Answer,
        Connection = surrogate.Connection,
        Error = surrogate.Error,
        RetryAfter = surrogate.RetryAfter,
        IsEventsOwn = surrogate.IsEventsOwn,
    };

    public BrowserIdReportSurrogate ConvertToSurrogate(in BrowserIdReport value) =>
        new(value.BrowserId, value.CustomerReference, value.Attempt);

    public BrowserIdReport ConvertFromSurrogate(in BrowserIdReportSurrogate surrogate) =>
        new(surrogate.BrowserId, surrogate.CustomerReference, surrogate.Attempt);

    public AttemptSurrogate ConvertToSurrogate(in Attempt value) => new(value.Number, value.StartedAt, value.Result);

    public Attempt ConvertFromSurrogate(in AttemptSurrogate surrogate) =>
        new(surrogate.Number, surrogate.StartedAt, surrogate.Result);

    public AttemptResultSurrogate ConvertToSurrogate(in AttemptResult value) => new(
        value.Outcome, value.EndedAt, value.Duration, value.Status, value.Reference, value.Answer, value.Error,
        value.Connection);

    public AttemptResult ConvertFromSurrogate(in AttemptResultSurrogate surrogate) => new(
        surrogate.Outcome, surrogate.EndedAt, surrogate.Duration, surrogate.Status, surrogate.Reference,
        surrogate.Answer, surrogate.Error, surrogate.Connection);
}
