using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>What is written otherwise is told with what was meant, all of it at once.</summary>
public sealed class SuggestionTests
{
    [Theory]
    [InlineData("eventId", "event_id")]
    [InlineData("EventID", "event_id")]
    [InlineData("event-id", "event_id")]
    [InlineData("id", "event_id")]
    [InlineData("occurredAt", "occurred_at")]
    [InlineData("timestamp", "occurred_at")]
    [InlineData("guestId", "guest")]
    [InlineData("Guest", "guest")]
    [InlineData("evnet", "event")]
    [InlineData("Event", "event")]
    public void A_member_of_the_envelope_in_another_spelling_is_recognised(string name, string meant)
    {
        var envelope = Envelope();
        envelope[name] = "x";

        Assert.EndsWith($"Did you mean {meant}?",
            Refused(Read(envelope), "unknown_member", $"/{name}").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_its_envelope_is_recognised()
        => Assert.Contains(Read("""{"type":"VIEW"}""").Errors, error => error.Path == "/type"
            && error.Detail.EndsWith("into the member event.", StringComparison.Ordinal));

    [Theory]
    [InlineData("VIEW", "firstName", null)]
    [InlineData("IDENTITY", "firstName", "firstname")]
    [InlineData("IDENTITY", "postalCode", "postal_code")]
    [InlineData("IDENTITY", "dateOfBirth", "dob")]
    [InlineData("VIEW", "browserId", "browser_id")]
    [InlineData("VIEW", "extensionData", "ext")]
    [InlineData("VIEW", "sessionData", "session_data")]
    [InlineData("VIEW", "Ext", "ext")]
    public void A_misspelled_attribute_is_accepted_as_a_custom_one_with_a_warning(
        string type, string name, string? meant)
    {
        var body = Event(type);
        if (meant is not null)
            body.Remove(meant);
        body[name] = "x";
        var check = Read(Envelope(body));

        Accepted(check);
        if (meant is null)
            Assert.Empty(check.Warnings);
        else
            Assert.EndsWith($"Did you mean {meant}?", Assert.Single(check.Warnings, warning =>
                (warning.Code, warning.Path) == ("unusual_name", $"/event/{name}")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ADD", "product", "productId", "product_id")]
    [InlineData("ADD", "product", "item_id", "itemId")]
    [InlineData("ADD", "product", "orderedAt", "ordered_at")]
    [InlineData("ADD", "product", "quantity", "quantitiy")]
    [InlineData("ADD", "product", "quantity", "qty")]
    [InlineData("ADD", "product", "price", "unitPrice")]
    [InlineData("ADD", "product", "currency", "currencyCode")]
    [InlineData("ADD", "product", "item_id", "id")]
    [InlineData("ORDER_CHECKOUT", "order", "currencyCode", "currency")]
    [InlineData("ORDER_CHECKOUT", "order", "referenceId", "reference_id")]
    public void An_absent_attribute_is_found_under_its_other_name(string type, string parent, string name, string other)
    {
        var body = Event(type);
        var holder = body[parent]!.AsObject();
        var value = holder[name]!.DeepClone();
        holder.Remove(name);
        holder[other] = value;

        Assert.EndsWith($"Is it misspelled as {other}?",
            Refused(Read(Envelope(body)), "missing_attribute", $"/event/{parent}/{name}").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VIEW", "type", "eventType")]
    [InlineData("VIEW", "page", "pageName")]
    [InlineData("IDENTITY", "identifiers", "identifier")]
    public void An_absent_attribute_of_the_event_is_found_under_its_other_name(string type, string name, string other)
    {
        var body = Event(type);
        var value = body[name]!.DeepClone();
        body.Remove(name);
        body[other] = value;

        Assert.EndsWith($"Is it misspelled as {other}?", Assert.Single(Read(Envelope(body)).Errors, error =>
            (error.Code, error.Path) == ("missing_attribute", $"/event/{name}")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"5\"", " Write it without quotes.")]
    [InlineData("\"+5\"", "")]
    [InlineData("\".5\"", "")]
    [InlineData("null", " It is required.")]
    public void A_price_is_reported_what_makes_a_number_of_it(string json, string advice)
    {
        var body = Event("ADD");
        body["product"]!["price"] = JsonNode.Parse(json);

        Assert.Matches($"; got [a-z ]+\\.{advice}$", Refused(Read(Envelope(body)), "wrong_type", "/event/product/price").Detail);
    }

    [Fact]
    public void What_lies_below_a_wrong_shape_is_reported_too()
    {
        var check = ReadWith("product", """{"itemId":"A"}""", "CONFIRM");

        Assert.Equal(
            [("wrong_type", "/event/product"), ("missing_attribute", "/event/product/item_id")],
            check.Errors.Select(error => (error.Code, error.Path)));
        Assert.EndsWith("Write it as a list: [{…}].", check.Errors[0].Detail, StringComparison.Ordinal);
        Assert.EndsWith("Is it misspelled as itemId?", check.Errors[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_with_the_one_item_of_a_list_is_reported_at_once()
    {
        var check = ReadWith("product", """[{"item_id":"A","price":"9.5"}]""", "ADD");

        Assert.Equal("/event/product", check.Errors[0].Path);
        Assert.EndsWith("Leave out the brackets around it.", check.Errors[0].Detail, StringComparison.Ordinal);
        Assert.Equal(9, check.Errors.Count);
        Assert.Contains(check.Errors, error => error.Path == "/event/product/0/price"
            && error.Detail.EndsWith("Write it without quotes.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ADD", "product", "\"{\\\"item_id\\\":1}\"", "Send the object itself, not its text.")]
    [InlineData("IDENTITY", "street", "\"1 Quay St\"", "Write it as a list: [\"…\"].")]
    [InlineData("IDENTITY", "postal_code", "8001", "Write it in quotes.")]
    [InlineData("IDENTITY", "lastname", "null", "Omit it if there is no value.")]
    [InlineData("CONFIRM", "product", "\"I1\"", "Write it as a list: [{\"item_id\":\"…\"}].")]
    [InlineData("CONFIRM", "product", "[\"I1\"]", "Write it as an object: {\"item_id\":\"…\"}.")]
    [InlineData("CONFIRM", "product", "\"[{}]\"", "Send the list itself, not its text.")]
    [InlineData("CONFIRM", "product", "null", "It is required.")]
    [InlineData("VIEW", "page", "null", "It is required.")]
    [InlineData("IDENTITY", "identifiers", "null", "It is required.")]
    [InlineData("FORM", "ext", "null", "It is required.")]
    [InlineData("ADD", "product", "[\"I1\"]", "Expected an object; got an array.")]
    [InlineData("IDENTITY", "identifiers", "[{\"provider\":\"p\",\"id\":null}]", "It is required.")]
    [InlineData("IDENTITY", "identifiers", "[{\"provider\":\"p\",\"id\":\"i\",\"expiry_date\":1893456000}]",
        "Expected an ISO 8601 date, like 2030-01-01T00:00; got a number.")]
    public void A_value_of_another_shape_is_reported_with_the_right_one(string type, string name, string json, string advice)
        => Assert.EndsWith(advice, ReadWith(name, json, type).Errors[0].Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("CHECKOUT", "reference_id", "7781", "Write it in quotes.")]
    [InlineData("VIEW", "requested_at", "1795428930", "Expected a time in UTC, like 2026-11-23T10:15:30.120Z; got a number.")]
    [InlineData("IDENTITY", "dob", "1990", "Expected a date like 1990-02-03T00:00; got a number.")]
    public void A_number_is_to_be_quoted_only_where_that_helps(string type, string name, string json, string detail)
        => Assert.EndsWith(detail, ReadWith(name, json, type).Errors[0].Detail, StringComparison.Ordinal);

    [Fact]
    public void A_time_of_ours_as_a_number_is_reported_with_its_form()
    {
        var envelope = Envelope();
        envelope["occurred_at"] = 1795428930;

        Assert.Contains("RFC 3339", Refused(Read(envelope), "wrong_type", "/occurred_at").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORDER-CHECKOUT", "ORDER_CHECKOUT")]
    [InlineData("OrderCheckout", "ORDER_CHECKOUT")]
    [InlineData("Identify", "IDENTITY")]
    [InlineData("ADD CONTACTS", "ADD_CONTACTS")]
    [InlineData("ＶＩＥＷ", "VIEW")]
    [InlineData("Veiw", "VIEW")]
    [InlineData("page_view", "VIEW")]
    [InlineData("ADD_TO_CART", "ADD")]
    public void A_custom_type_that_resembles_a_standard_one_is_accepted_with_a_warning(string type, string meant)
    {
        var check = ReadWith("type", JsonValue.Create(type).ToJsonString());

        Assert.Equal(type, Accepted(check).Event.Type);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("doubtful_type", "/event/type"), (warning.Code, warning.Path));
        Assert.EndsWith($"Did you mean {meant}?", warning.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PURCHASE", "Did you mean ORDER_CHECKOUT?")]
    [InlineData("ADD_PRODUCT", "Did you mean ADD?")]
    public void A_name_that_the_vendor_keeps_is_rejected_with_the_type_that_was_meant(string type, string advice)
        => Assert.EndsWith(
            advice, Refused(ReadWith("type", $"\"{type}\""), "reserved_event_type", "/event/type").Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("SADDLE_FITTED")]
    [InlineData("VIEWED_OFFER")]
    [InlineData("harbourbikes:VIEW")]
    [InlineData("ADDED_NOTE")]
    public void An_ordinary_custom_type_is_accepted_without_a_warning(string type)
        => Assert.Empty(ReadWith("type", $"\"{type}\"").Warnings);

    [Theory]
    [InlineData("ADD", "product", "price", "-5")]
    [InlineData("ADD", "product", "quantity", "0")]
    [InlineData("ADD", "product", "quantity", "-1")]
    [InlineData("ADD", "product", "originalPrice", "-0.01")]
    [InlineData("ORDER_CHECKOUT", "order", "price", "-5")]
    public void An_implausible_number_is_accepted_with_a_warning(string type, string parent, string name, string json)
    {
        var body = Event(type);
        body[parent]![name] = JsonNode.Parse(json);
        var check = Read(Envelope(body));

        Accepted(check);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("doubtful_value", $"/event/{parent}/{name}"), (warning.Code, warning.Path));
    }
}
