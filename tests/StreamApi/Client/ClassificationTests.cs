using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Wire;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class ClassificationTests
{
    private static readonly Answer Json = Answer.Of("""{"status":"OK","ref":"r-1"}"""u8.ToArray());
    private static readonly Answer Html = Answer.Of("<html></html>"u8.ToArray());
    private static readonly Answer Cut = new(AnswerForm.Truncated, "{\"sta"u8.ToArray());

    [Theory]
    [InlineData(200, AttemptOutcome.Delivered)]
    [InlineData(201, AttemptOutcome.Delivered)]
    [InlineData(202, AttemptOutcome.InDoubt)]
    [InlineData(204, AttemptOutcome.InDoubt)]
    [InlineData(301, AttemptOutcome.Misconfigured)]
    [InlineData(304, AttemptOutcome.Misconfigured)]
    [InlineData(308, AttemptOutcome.Misconfigured)]
    [InlineData(400, AttemptOutcome.Refused)]
    [InlineData(401, AttemptOutcome.Misconfigured)]
    [InlineData(403, AttemptOutcome.Misconfigured)]
    [InlineData(404, AttemptOutcome.Refused)]
    [InlineData(405, AttemptOutcome.Misconfigured)]
    [InlineData(408, AttemptOutcome.InDoubt)]
    [InlineData(409, AttemptOutcome.Refused)]
    [InlineData(413, AttemptOutcome.Refused)]
    [InlineData(415, AttemptOutcome.Misconfigured)]
    [InlineData(418, AttemptOutcome.Refused)]
    [InlineData(422, AttemptOutcome.Refused)]
    [InlineData(429, AttemptOutcome.NotApplied)]
    [InlineData(500, AttemptOutcome.InDoubt)]
    [InlineData(502, AttemptOutcome.InDoubt)]
    [InlineData(503, AttemptOutcome.InDoubt)]
    [InlineData(599, AttemptOutcome.InDoubt)]
    [InlineData(600, AttemptOutcome.InDoubt)]
    public void A_status_with_a_JSON_object_means(int status, AttemptOutcome expected) =>
        Assert.Equal(expected, Report(status, Json).Outcome);

    [Theory]
    [InlineData(200, AttemptOutcome.InDoubt)]
    [InlineData(201, AttemptOutcome.InDoubt)]
    [InlineData(400, AttemptOutcome.Refused)]
    [InlineData(401, AttemptOutcome.Misconfigured)]
    [InlineData(404, AttemptOutcome.Misconfigured)]
    [InlineData(429, AttemptOutcome.NotApplied)]
    [InlineData(502, AttemptOutcome.InDoubt)]
    public void A_status_without_one_means(int status, AttemptOutcome expected)
    {
        Assert.Equal(expected, Report(status, Html).Outcome);
        Assert.Equal(expected, Report(status, Cut).Outcome);
        Assert.Equal(expected, Report(status, Answer.None).Outcome);
    }

    [Fact]
    public void Only_a_404_with_JSON_is_certainly_the_events_own()
    {
        Assert.True(Report(404, Json).IsEventsOwn);
        Assert.All([400, 401, 403, 413, 422, 500], static status => Assert.False(Report(status, Json).IsEventsOwn));
        Assert.False(Report(404, Html).IsEventsOwn);
    }

    // The second column: it may have left; the third: it cannot have.
    [Theory]
    [InlineData("Expired", AttemptOutcome.Unsent, AttemptOutcome.Unsent)]
    [InlineData("CircuitOpen", AttemptOutcome.Unsent, AttemptOutcome.Unsent)]
    [InlineData("Cancelled", AttemptOutcome.InDoubt, AttemptOutcome.Unsent)]
    [InlineData("TimedOut", AttemptOutcome.InDoubt, AttemptOutcome.NotApplied)]
    [InlineData("NameNotResolved", AttemptOutcome.InDoubt, AttemptOutcome.NotApplied)]
    [InlineData("AddressNotAllowed", AttemptOutcome.InDoubt, AttemptOutcome.NotApplied)]
    [InlineData("NotConnected", AttemptOutcome.InDoubt, AttemptOutcome.NotApplied)]
    [InlineData("TlsFailed", AttemptOutcome.InDoubt, AttemptOutcome.NotApplied)]
    [InlineData("StreamRefused", AttemptOutcome.NotApplied, AttemptOutcome.NotApplied)]
    [InlineData("ConnectionLost", AttemptOutcome.InDoubt, AttemptOutcome.NotApplied)]
    public void Without_an_answer_it_depends_on_whether_it_may_have_left(
        string end, AttemptOutcome left, AttemptOutcome stayed)
    {
        var seen = new WireObservation(Enum.Parse<WireEnd>(end));
        Assert.Equal(left, Classification.Report(seen with { MayHaveLeft = true }).Outcome);
        Assert.Equal(stayed, Classification.Report(seen).Outcome);
    }

    [Fact]
    public void Every_end_without_an_answer_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<WireEnd>().Where(end => end != WireEnd.Answered)
            .Select(end => Classification.Report(new WireObservation(end)).Error)
            .ToList();
        Assert.All(words, word => Assert.Matches("^[a-z_]+$", word));
        Assert.Distinct(words);
    }

    [Theory]
    [InlineData("answer_truncated", "Truncated")]
    [InlineData("answer_too_long", "TooLong")]
    [InlineData("answer_unreadable", "Unreadable")]
    public void A_success_that_cannot_be_read_says_why(string expected, string form) => Assert.Equal(
        expected, Report(201, new Answer(Enum.Parse<AnswerForm>(form), "x"u8.ToArray())).Error);

    [Fact]
    public void A_success_reports_its_reference_and_its_text()
    {
        var report = Report(201, Json);
        Assert.Equal(("r-1", """{"status":"OK","ref":"r-1"}""", null), (report.Reference, report.Answer, report.Error));
    }

    [Fact]
    public void A_refusal_reports_the_first_2_KB_of_its_text_and_no_reference()
    {
        // Two bytes a letter, and the bound falls into the middle of one.
        var text = "x" + new string('é', 2000);
        var report = Report(400, Answer.Of(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Equal("x" + new string('é', 1023), report.Answer);
        Assert.Null(report.Reference);
    }

    [Fact]
    public void A_reference_is_kept_up_to_128_characters()
    {
        // The bound falls between the halves of the bicycle.
        var body = $$"""{"ref":"{{new string('r', 127)}}🚲{{new string('r', 1000)}}"}""";
        Assert.Equal(new string('r', 127), Report(201, Answer.Of(System.Text.Encoding.UTF8.GetBytes(body))).Reference);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("""{"ref":"\ud800"}""")]
    [InlineData("")]
    public void Only_one_JSON_object_is_readable(string body) =>
        Assert.Equal(AnswerForm.Unreadable, Answer.Of(System.Text.Encoding.UTF8.GetBytes(body)).Form);

    private static AttemptReport Report(int status, Answer answer) => Classification.Report(
        new WireObservation(WireEnd.Answered) { MayHaveLeft = true, Status = status, Answer = answer });
}
