using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// The short form of an attempt's result. The upstream's usual answer says nothing that is not known, so that only its
/// values are stored; it is read back letter by letter.
/// </summary>
internal static class ShortResults
{
    private const string BeforeVersion = "{\"status\":\"OK\",\"version\":\"";
    private const string BeforeKey = "\",\"client_key\":\"";
    private const string BeforeReference = "\",\"ref\":\"";
    private const string End = "\"}";

    /// <summary>Which optional members follow. Numbers are never used again.</summary>
    [Flags]
    private enum Has
    {
        None = 0,
        Status = 1,
        Reference = 1 << 1,
        Answer = 1 << 2,
        UsualAnswer = 1 << 3,
        Error = 1 << 4,
        Fresh = 1 << 5,
        Pooled = 1 << 6,
    }

    public static void Write(in RowWriter row, AttemptResult result)
    {
        var isUsual = UsualAnswer.TryFind(result, out var usual);
        row.Number((ulong)(
            If(result.Status is not null, Has.Status)
            | If(result.Reference is not null, Has.Reference)
            | If(result.Answer is not null && !isUsual, Has.Answer)
            | If(isUsual, Has.UsualAnswer)
            | If(result.Error is not null, Has.Error)
            | If(result.Connection == ConnectionUse.Fresh, Has.Fresh)
            | If(result.Connection == ConnectionUse.Pooled, Has.Pooled)));
        row.Byte(CodeOf(result.Outcome));
        row.Time(result.EndedAt);
        row.Signed(result.Duration.Ticks);
        if (result.Status is { } status)
            row.Signed(status);
        if (result.Reference is { } reference)
            row.Id(reference);
        if (isUsual)
        {
            row.Text(usual.Version);
            row.Text(usual.Key);
        }
        else if (result.Answer is { } answer)
        {
            row.Text(answer);
        }

        if (result.Error is { } error)
            row.Text(error);
    }

    public static AttemptResult Read(ref RowReader row)
    {
        var has = (Has)row.Number();
        var outcome = OutcomeOf(row.Byte());
        var endedAt = row.Time();
        var duration = TimeSpan.FromTicks(row.Signed());
        int? status = has.HasFlag(Has.Status) ? row.Int() : null;
        var reference = has.HasFlag(Has.Reference) ? row.Id() : null;
        var answer = has.HasFlag(Has.UsualAnswer)
            ? UsualAnswer.TextWith(row.Text(), row.Text(), reference!)
            : has.HasFlag(Has.Answer) ? row.Text() : null;
        var error = has.HasFlag(Has.Error) ? row.Text() : null;
        ConnectionUse? connection = has.HasFlag(Has.Fresh) ? ConnectionUse.Fresh
            : has.HasFlag(Has.Pooled) ? ConnectionUse.Pooled
            : null;
        return new AttemptResult(outcome, endedAt, duration, status, reference, answer, error, connection);
    }

    private static byte CodeOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Delivered => 1,
        AttemptOutcome.NotApplied => 2,
        AttemptOutcome.Unsent => 3,
        AttemptOutcome.Refused => 4,
        AttemptOutcome.Misconfigured => 5,
        AttemptOutcome.InDoubt => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "It has no code."),
    };

    private static AttemptOutcome OutcomeOf(byte code) => code switch
    {
        1 => AttemptOutcome.Delivered,
        2 => AttemptOutcome.NotApplied,
        3 => AttemptOutcome.Unsent,
        4 => AttemptOutcome.Refused,
        5 => AttemptOutcome.Misconfigured,
        6 => AttemptOutcome.InDoubt,
        _ => throw new FormatException("An outcome is not known."),
    };

    private static Has If(bool isSet, Has member) => isSet ? member : Has.None;

    /// <summary>The values of an answer that consists of status, version, client key and reference, in this order.</summary>
    private readonly ref struct UsualAnswer(ReadOnlySpan<char> version, ReadOnlySpan<char> key)
    {
        public ReadOnlySpan<char> Version { get; } = version;

        public ReadOnlySpan<char> Key { get; } = key;

        public static bool TryFind(AttemptResult result, out UsualAnswer usual)
        {
            usual = default;
            if (result.Reference is not { } reference)
                return false;
            var rest = result.Answer.AsSpan();
            if (!Skip(ref rest, BeforeVersion) || !TakeValue(ref rest, out var version)
                || !Skip(ref rest, BeforeKey) || !TakeValue(ref rest, out var key)
                || !Skip(ref rest, BeforeReference) || !Skip(ref rest, reference) || !rest.SequenceEqual(End))
                return false;
            usual = new UsualAnswer(version, key);
            return true;
        }

        public static string TextWith(string version, string key, string reference) =>
            string.Concat([BeforeVersion, version, BeforeKey, key, BeforeReference, reference, End]);

        private static bool Skip(scoped ref ReadOnlySpan<char> rest, scoped ReadOnlySpan<char> text)
        {
            if (!rest.StartsWith(text))
                return false;
            rest = rest[text.Length..];
            return true;
        }

        /// <summary>A value that ends at the next quotation mark.</summary>
        private static bool TakeValue(scoped ref ReadOnlySpan<char> rest, scoped out ReadOnlySpan<char> value)
        {
            var end = rest.IndexOf('"');
            value = end < 0 ? default : rest[..end];
            rest = end < 0 ? default : rest[end..];
            return end >= 0;
        }
    }
}
