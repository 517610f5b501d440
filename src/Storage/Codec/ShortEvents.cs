using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// The short form of the three events that nearly every commit consists of. In JSON their names alone would be longer than
/// their values. All other events, and those with rare members, are stored as JSON.
/// </summary>
internal static class ShortEvents
{
    /// <summary>Which optional members of an <see cref="EventRecorded"/> follow. Numbers are never used again.</summary>
    [Flags]
    private enum Has
    {
        None = 0,
        Page = 1,
        BrowserId = 1 << 1,
        OccurredAt = 1 << 2,
        DueAt = 1 << 3,
        Late = 1 << 4,
        Defaults = 1 << 5,
        OrderReference = 1 << 6,
        SessionTimeout = 1 << 7,
        MakesNoOrder = 1 << 8,
        TraceParent = 1 << 9,
        UserAgent = 1 << 10,
        Address = 1 << 11,
        FromPublicKey = 1 << 12,
        All = (1 << 13) - 1,
    }

    /// <summary>Whether the short form has every member that is set.</summary>
    public static bool Fits(EventRecorded recorded) => recorded.Warnings is null && recorded.Replay is null;

    public static void Write(in RowWriter row, EventRecorded recorded)
    {
        row.Number((ulong)MembersOf(recorded));
        row.Id(recorded.EventId);
        row.Signed(recorded.Sequence);
        row.Hash(recorded.Hash.Value);
        var body = recorded.Body.Bytes.Span;
        row.Bytes(body);
        row.Part(recorded.Type, body);
        row.Part(recorded.Channel, body);
        row.Part(recorded.PointOfSale, body);
        row.Signed(recorded.Session);
        row.Time(recorded.ReceivedAt);
        row.Time(recorded.OrderAt);
        if (recorded.Page is { } page)
            row.Part(page, body);
        if (recorded.BrowserId is { } browserId)
            row.Id(browserId);
        if (recorded.OccurredAt is { } occurredAt)
            row.Time(occurredAt);
        if (recorded.DueAt is { } dueAt)
            row.Time(dueAt);
        if (recorded.Defaults is { } defaults)
            row.Bytes(defaults.Bytes.Span);
        if (recorded.OrderReference is { } order)
            row.Part(order, body);
        if (recorded.SessionTimeout is { } timeout)
            row.Signed(timeout.Ticks);
        if (recorded.TraceParent is { } trace)
            row.Text(trace);
        if (recorded.UserAgent is { } userAgent)
            row.Text(userAgent);
        if (recorded.Address is { } address)
            row.Text(address);
    }

    public static EventRecorded ReadRecorded(ref RowReader row)
    {
        var has = (Has)row.Number();
        if ((has & ~Has.All) != 0)
            throw new FormatException("An event has members that are not known.");

        var (id, sequence, hash, body) = (row.Id(), row.Signed(), new ContentHash(row.Hash()), row.Bytes());
        // Initializers run in the order in which they are written here, which is the order of the bytes.
        return new EventRecorded
        {
            EventId = id,
            Sequence = sequence,
            Hash = hash,
            Body = new Utf8Json(body),
            Type = row.Part(body),
            Channel = row.Part(body),
            PointOfSale = row.Part(body),
            Session = row.Int(),
            ReceivedAt = row.Time(),
            OrderAt = row.Time(),
            Page = has.HasFlag(Has.Page) ? row.Part(body) : null,
            BrowserId = has.HasFlag(Has.BrowserId) ? row.Id() : null,
            OccurredAt = has.HasFlag(Has.OccurredAt) ? row.Time() : null,
            DueAt = has.HasFlag(Has.DueAt) ? row.Time() : null,
            Late = has.HasFlag(Has.Late),
            Defaults = has.HasFlag(Has.Defaults) ? new Utf8Json(row.Bytes()) : null,
            OrderReference = has.HasFlag(Has.OrderReference) ? row.Part(body) : null,
            SessionTimeout = has.HasFlag(Has.SessionTimeout) ? TimeSpan.FromTicks(row.Signed()) : null,
            MakesNoOrder = has.HasFlag(Has.MakesNoOrder),
            TraceParent = has.HasFlag(Has.TraceParent) ? row.Text() : null,
            UserAgent = has.HasFlag(Has.UserAgent) ? row.Text() : null,
            Address = has.HasFlag(Has.Address) ? row.Text() : null,
            FromPublicKey = has.HasFlag(Has.FromPublicKey),
        };
    }

    public static void Write(in RowWriter row, DeliveryStarted started)
    {
        row.Signed(started.Sequence);
        row.Signed(started.Attempt);
        row.Time(started.At);
    }

    public static DeliveryStarted ReadStarted(ref RowReader row) => new(row.Signed(), row.Int(), row.Time());

    public static void Write(in RowWriter row, EventDelivered delivered)
    {
        row.Signed(delivered.Sequence);
        row.Signed(delivered.Attempt);
        ShortResults.Write(row, delivered.Result);
    }

    public static EventDelivered ReadDelivered(ref RowReader row) =>
        new(row.Signed(), row.Int(), ShortResults.Read(ref row));

    private static Has MembersOf(EventRecorded recorded) =>
        If(recorded.Page is not null, Has.Page)
        | If(recorded.BrowserId is not null, Has.BrowserId)
        | If(recorded.OccurredAt is not null, Has.OccurredAt)
        | If(recorded.DueAt is not null, Has.DueAt)
        | If(recorded.Late, Has.Late)
        | If(recorded.Defaults is not null, Has.Defaults)
        | If(recorded.OrderReference is not null, Has.OrderReference)
        | If(recorded.SessionTimeout is not null, Has.SessionTimeout)
        | If(recorded.MakesNoOrder, Has.MakesNoOrder)
        | If(recorded.TraceParent is not null, Has.TraceParent)
        | If(recorded.UserAgent is not null, Has.UserAgent)
        | If(recorded.Address is not null, Has.Address)
        | If(recorded.FromPublicKey, Has.FromPublicKey);

    private static Has If(bool isSet, Has member) => isSet ? member : Has.None;
}
