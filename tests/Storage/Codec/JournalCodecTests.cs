using System.Text;
using CsCheck;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Codec;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Codec;

public sealed class JournalCodecTests
{
    private static readonly GuestKey Guest = new("shop", 1);

    // Whole characters: half of a surrogate pair is no text, and callers cannot send it.
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '\u2fff'], 0, 20], Gen.Const("\U0001F600 \"\\\n\0"));

    private static readonly Gen<DateTimeOffset> Time = Gen.DateTimeOffset;
    private static readonly Gen<TimeSpan> Span = Gen.TimeSpan;

    private static readonly Gen<Utf8Json> Body = Gen.OneOf(
        Gen.Const("""{"type":"VIEW"}"""),
        Gen.Const("""{ "a" : [1.0, 1e400, -0, {}] }"""),
        Gen.Const("""{"a":"\ud800","a":2}"""))
        .Select(Utf8Json.Parse);

    private static readonly Gen<AttemptResult> Result =
        from outcome in Gen.Enum<AttemptOutcome>()
        from endedAt in Time
        from duration in Span
        from status in Gen.Int.Nullable()
        from error in Text.Null()
        from reference in Text.Null()
        from answer in Text.Null()
        from connection in Gen.Enum<ConnectionUse>().Nullable()
        select new AttemptResult(outcome, endedAt, duration, status, reference, answer, error, connection);

    private static readonly Gen<SessionEvent> Recorded =
        from sequence in Gen.Long
        from eventId in Text
        from hash in Gen.ULong.Select(value => new ContentHash((UInt128)value << 50))
        from browserId in Text.Null()
        from occurredAt in Time.Nullable()
        from receivedAt in Time
        from late in Gen.Bool
        from body in Body
        from defaults in Body.Nullable()
        select (SessionEvent)(Entries.Recorded(sequence) with
        {
            EventId = eventId,
            Hash = hash,
            BrowserId = browserId,
            OccurredAt = occurredAt,
            ReceivedAt = receivedAt,
            Late = late,
            Body = body,
            Defaults = defaults,
        });

    // Records compare by value and lists do not, so lists of identifiers are tested by the golden journal.
    private static readonly Gen<SessionEvent> Event = Gen.OneOf(
        Recorded,
        Gen.Select(Gen.Int, Text.Null(), Span, Time, SessionEvent (session, browserId, timeout, at) =>
            new SessionStarted(session, browserId, "WEB", "", timeout, at)),
        Gen.Select(Text, Text.Null(), Time, SessionEvent (browserId, customer, at) =>
            new BrowserIdAssigned(browserId, customer, at)),
        Gen.Select(Gen.Long, Gen.Int, Result, SessionEvent (sequence, attempt, result) =>
            new EventDelivered(sequence, attempt, result)),
        Gen.Select(Gen.Long, Gen.Int, Time, SessionEvent (sequence, attempt, at) =>
            new DeliveryStarted(sequence, attempt, at)),
        Gen.Select(Gen.Long, Result, Time, Gen.Bool, SessionEvent (sequence, result, at, doubt) =>
            new DeliveryPostponed(sequence, 1, result, at, doubt)),
        Gen.Select(Gen.Long, Result, Gen.Bool, SessionEvent (sequence, result, delivers) =>
            new LateOutcomeRecorded(sequence, 0, result, delivers)));

    [Fact]
    public void Events_of_every_kind_are_read_back_as_they_were_written() => Event.List[1, 10].Sample(events =>
    {
        var payload = CommitForm.Write([], events, Entries.Start);
        var commit = JournalCodec.Decode(
            Guest, new StoredRow(1, Entries.Start, JournalCodec.Format, payload));
        Assert.Equal(events, Assert.Single(commit).Events);
    });

    [Fact]
    public void Commits_that_the_head_kept_are_read_back_before_the_rows_own() =>
        Gen.Select(Event.List[1, 3], Event.List[1, 3], Event.List[1, 3]).Sample((first, second, last) =>
        {
            var (early, later) = (Entries.Start.AddTicks(-1), Entries.Start.AddDays(40));
            var kept = CommitForm.WriteKept(CommitForm.WriteKept([], first, early), second, later);
            var payload = CommitForm.Write(kept, last, Entries.Start);

            var onHead = JournalCodec.Decode(Guest, 8, new StoredKept(JournalCodec.Format, kept));
            var inRow = JournalCodec.Decode(Guest, new StoredRow(9, Entries.Start, JournalCodec.Format, payload));

            Assert.Equal([(7L, early), (8L, later)], onHead.Select(commit => (commit.Version, commit.At)));
            Assert.Equal([(7L, early), (8L, later), (9L, Entries.Start)], inRow.Select(commit => (commit.Version, commit.At)));
            Assert.Equal([first, second], onHead.Select(commit => commit.Events));
            Assert.Equal([first, second, last], inRow.Select(commit => commit.Events));
        });

    [Theory]
    [InlineData("80f0ec6d-0000-4000-8000-00000000071d", 17)]
    [InlineData("80f0ec6d000040008000000000000071", 17)]
    [InlineData("80F0EC6D-0000-4000-8000-00000000071D", 38)]
    [InlineData("80f0ec6d-0000-4000-8000-00000000071g", 38)]
    [InlineData("80f0ec6d 0000-4000-8000-00000000071d", 38)]
    [InlineData("e1", 4)]
    [InlineData("", 2)]
    public void An_id_is_read_back_letter_by_letter_and_a_uuid_is_short(string id, int length)
    {
        var recorded = Entries.Recorded(1) with { EventId = id };
        var payload = CommitForm.Write([], [recorded], Entries.Start);

        Assert.Equal(length, JournalCodec.TextOf(id).Length);
        Assert.True(payload.AsSpan().IndexOf(JournalCodec.TextOf(id)) >= 0);
        Assert.Equal(recorded, Assert.Single(CommitForm.Read(payload, 1, Entries.Start)).Events.Single());
    }

    [Fact]
    public void What_the_body_holds_is_not_stored_again()
    {
        var page = "/products/" + new string('x', 100);
        var body = Utf8Json.Parse($$"""{"type":"VIEW","page":"{{page}}"}""");
        int Length(string page) => CommitForm.Write([], [Entries.Recorded(1) with { Body = body, Page = page }], Entries.Start).Length;

        Assert.InRange(Length("/products/" + new string('y', 100)) - Length(page), 105, 110);
    }

    [Fact]
    public void Bytes_that_are_not_kept_commits_are_not_read_from_a_head()
    {
        var row = CommitForm.Write([], [new DeliveryStarted(1, 1, Entries.Start)], Entries.Start);
        var kept = CommitForm.WriteKept([], [new DeliveryStarted(1, 1, Entries.Start)], Entries.Start);

        Assert.Throws<JournalCorruptException>(() => JournalCodec.Decode(Guest, 1, new StoredKept(1, row)));
        Assert.Throws<JournalCorruptException>(() => JournalCodec.Decode(Guest, new StoredRow(1, Entries.Start, 1, kept)));
        Assert.All(Enumerable.Range(1, kept.Length - 1), length => Assert.Throws<JournalCorruptException>(
            () => JournalCodec.Decode(Guest, 1, new StoredKept(1, kept[..length]))));
    }

    [Fact]
    public void A_truncated_payload_is_never_read() =>
        Gen.Select(Event.List[1, 3], Gen.Double[0, 1]).Sample((events, cut) =>
        {
            var payload = CommitForm.Write([], events, Entries.Start);
            var rest = payload[..(int)(cut * (payload.Length - 1))];
            Assert.Throws<JournalCorruptException>(() => JournalCodec.Decode(
                Guest, new StoredRow(1, Entries.Start, JournalCodec.Format, rest)));
        });

    [Fact]
    public void A_members_default_is_left_out_unless_the_member_is_required() => Assert.EndsWith(
        """{"t":"delivery_postponed","sequence":0,"attempt":0,"result":{"outcome":"delivered","ended_at":"2026-03-01T12:00:00+00:00","duration":"00:00:00"},"retry_at":"2026-03-01T12:00:00+00:00"}""",
        Encoding.UTF8.GetString(CommitForm.Write([],
        [
            new DeliveryPostponed(
                0,
                0,
                new AttemptResult(AttemptOutcome.Delivered, Entries.Start, TimeSpan.Zero),
                Entries.Start),
        ], Entries.Start)), StringComparison.Ordinal);

    [Fact]
    public void An_event_and_its_delivery_need_few_bytes_beyond_its_body()
    {
        var recorded = Entries.Recorded(1234) with
        {
            EventId = "0199b0c4e0c27d2a8f0b1c2d3e4f5a6b",
            PointOfSale = "shop.example.com",
            Page = "/products/shoes/running/air-zoom-42",
            BrowserId = "11111111-2222-3333-4444-555555555555",
        };
        const string answer = """{"status":"OK","version":"1.2","client_key":"bench","ref":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"}""";
        var delivered = new EventDelivered(1234, 1, new AttemptResult(
            AttemptOutcome.Delivered, Entries.Start.AddMilliseconds(7), TimeSpan.FromMicroseconds(2345), 201,
            "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", answer, Connection: ConnectionUse.Pooled));

        var accepted = CommitForm.Write([], [recorded, new DeliveryStarted(1234, 1, Entries.Start)], Entries.Start);
        var settled = CommitForm.Write([], [delivered], Entries.Start.AddMilliseconds(7));

        Assert.InRange(accepted.Length - recorded.Body.Length, 1, 125);
        Assert.InRange(settled.Length, 1, 50);
    }

    [Theory]
    [InlineData("""{"status":"OK","version":"1.2","client_key":"k","ref":"r-1"}""")]
    [InlineData("""{"status":"OK","version":"1.2","client_key":"k","ref":"r-2"}""")]
    [InlineData("""{"status":"OK","version":"1.2","client_key":"k","ref":"r-1","more":1}""")]
    [InlineData("""{"status":"OK","version":"1.2","client_key":"k\"","ref":"r-1"}""")]
    [InlineData("{\"status\":\"OK\",\"version\":\"")]
    [InlineData("{\"status\":\"OK\",\"version\":\"1\"")]
    [InlineData("""{"status":"OK","version":"","client_key":"","ref":"r-1"}""")]
    [InlineData("""{ "status":"OK" }""")]
    [InlineData("")]
    public void An_answer_is_read_back_letter_by_letter(string answer)
    {
        SessionEvent delivered = new EventDelivered(1, 1, new AttemptResult(
            AttemptOutcome.Delivered, Entries.Start, TimeSpan.Zero, 201, "r-1", answer));

        Assert.Equal(delivered, Assert.Single(JournalCodec.Decode(Guest, new StoredRow(
            1, Entries.Start, JournalCodec.Format, CommitForm.Write([], [delivered], Entries.Start))).Single().Events));
    }

    [Fact]
    public void The_deepest_body_that_ingest_accepts_is_read_back_from_commit_and_snapshot()
    {
        var body = Utf8Json.Parse(new string('[', 64) + new string(']', 64));
        var recorded = Entries.Recorded(1) with { Body = body };
        var snapshot = Entries.Snapshot("anna", 1) with { Line = [new LineEntry { Event = recorded }] };

        var commit = JournalCodec.Decode(
            Guest, new StoredRow(1, Entries.Start, JournalCodec.Format, CommitForm.Write([], [recorded], Entries.Start)));
        var read = JournalCodec.Decode(
            Guest, new StoredSnapshot(1, JournalCodec.Format, JournalCodec.Encode(snapshot)));

        Assert.Equal(recorded, Assert.Single(Assert.Single(commit).Events));
        Assert.Equal(recorded, Assert.Single(read.Line).Event);
    }
}
