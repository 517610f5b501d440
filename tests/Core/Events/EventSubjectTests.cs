using System.Text;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Tests.Events;

/// <summary>A rejection says what it is about, whatever was wrong with the envelope.</summary>
public sealed class EventSubjectTests
{
    [Theory]
    [InlineData("""{"guest":"cust-42","event_id":"o1","event":{"type":"ORDER_CHECKOUT","order":{"referenceId":"HB-1"}}}""")]
    [InlineData("""{"guest":"cust-42","event_id":"o1","event":{"type":"ORDER_CHECKOUT","order":[{"referenceId":"HB-1"}]}}""")]
    [InlineData("""{"guest":"cust-42","event_id":"o1","event":[{"type":"ORDER_CHECKOUT","order":{"referenceId":"HB-1"}}]}""")]
    [InlineData("""{"Guest":"cust-42","eventId":"o1","Event":{"Type":"order_checkout ","Order":{"reference_id":"HB-1"}}}""")]
    [InlineData("""{"guest":"cust-42","event_id":"o1","type":"ORDER_CHECKOUT","order":{"referenceId":"HB-1"}}""")]
    [InlineData("""{"guest_id":"cust-42","event_id":"o1","event":{"type":"ORDER_CHECKOUT","reference_id":"HB-1"}}""")]
    [InlineData("""[{"guest":"cust-42","event_id":"o1","event":{"type":"ORDER_CHECKOUT","reference_id":"HB-1"}}]""")]
    [InlineData("""{"events":{"guest":"cust-42","event_id":"o1","event":{"type":"ORDER_CHECKOUT","reference_id":"HB-1"}}}""")]
    [InlineData("""{"guest":"cust-42","guest":"b","event_id":"o1","event":{"type":"ORDER_CHECKOUT","reference_id":"HB-1"}}""")]
    public void What_an_event_is_about_is_read_in_whatever_shape_it_comes(string body)
    {
        Assert.Equal(
            new EventSubject("cust-42", "o1", "ORDER_CHECKOUT", "HB-1"), Assert.Single(AllOf(body)));

        var check = Sample.Reader.Read(Encoding.UTF8.GetBytes(body));
        if (check.Envelope is null)
            Assert.Equal(AllOf(body), check.Subjects);
    }

    [Theory]
    [InlineData("{", null)]
    [InlineData("[]", null)]
    [InlineData("7", null)]
    [InlineData("""{"guest":"a b","event":{}}""", "a b")]
    [InlineData("""{"guest":42,"event":null}""", "42")]
    [InlineData("""{"guest":"","event":{"order":"HB-1"}}""", null)]
    public void What_cannot_be_read_is_left_out(string body, string? guest) =>
        Assert.Equal([new EventSubject(guest, null, null, null)], AllOf(body));

    [Fact]
    public void An_envelope_that_is_too_deep_says_what_it_is_about()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

        var check = Sample.Reader.Read(Encoding.UTF8.GetBytes(
            $$"""{"guest":"cust-42","event":{"type":"CHECKOUT","reference_id":"HB-1","ext":{{deep}} } }"""));

        Assert.Equal([new EventSubject("cust-42", null, "CHECKOUT", "HB-1")], check.Subjects);
    }

    [Theory]
    [InlineData("""{"guest":"g","event_id":"e","user":{"id":"7","type":"VIP"},"data":{"type":"CHECKOUT","reference_id":"HB-1"}}""")]
    [InlineData("""{"guest":"g","event_id":"e","event":{"type":"CHECKOUT","order":"x","product":[{"id":"7"}],"order_id":"HB-1"}}""")]
    [InlineData("""{"guest":"g","event_id":"e","event":{"type":"CHECKOUT","reference_id":"HB-1","own":{"guest":"h","orderId":"HB-2"}}}""")]
    public void Objects_around_an_event_and_in_it_are_not_read_as_events(string body) =>
        Assert.Equal([new EventSubject("g", "e", "CHECKOUT", "HB-1")], AllOf(body));

    [Fact]
    public void Nesting_without_end_is_left_out()
    {
        var body = Enumerable.Range(0, 60).Aggregate("""{"guest":"g"}""", static (inner, _) => $$"""{"data":[{{inner}}]}""");

        Assert.Equal([EventSubject.Unknown], AllOf(body));
    }

    private static IReadOnlyList<EventSubject> AllOf(string body) => EventSubject.AllOf(Encoding.UTF8.GetBytes(body), 500);

    [Theory]
    [InlineData("view", "VIEW")]
    [InlineData(" Order_Checkout\u200b", "ORDER_CHECKOUT")]
    [InlineData("site:VIEWED", "site:VIEWED")]
    public void A_type_is_read_alike_everywhere(string given, string type) => Assert.Equal(type, EventTypes.Read(given));
}
