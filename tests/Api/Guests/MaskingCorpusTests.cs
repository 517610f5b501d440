using System.Text.Json;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>Some 700 values, personal, secret and harmless, in every view of support: each shows the same of them.</summary>
public sealed class MaskingCorpusTests
{
    [Fact]
    public void The_corpus_is_large_enough_and_holds_harmless_values_too()
    {
        Assert.True(MaskedValue.All.Count >= 200);
        Assert.True(MaskedValue.All.Count(static one => one.Shown == one.Value) >= 60);
    }

    [Fact]
    public void A_value_under_an_attribute_is_shown_as_the_corpus_says() => Equal(
        MaskedValue.Attributes,
        static one => MaskedValueOf(BodyMask.Mask(Json(new { type = "VIEW", ext = Named(one) })).ToString(), one));

    [Fact]
    public void A_value_is_shown_as_the_corpus_says_wherever_it_stands_in_a_body()
    {
        string[] places = ["page", "search_term", "note"];
        foreach (var place in places)
        {
            Equal(MaskedValue.Texts, one => MaskedValueOf(
                BodyMask.Mask(Json(new { ext = new Dictionary<string, string> { [place] = one.Value } })).ToString(),
                one with { Attribute = place }));
        }
    }

    [Fact]
    public async Task Guest_event_answer_and_reasons_show_the_same_of_a_value()
    {
        await using var api = await ApiHost.StartAsync();
        var guest = api.Guest("cust-42");
        var shown = new Dictionary<string, List<string>>();
        foreach (var one in MaskedValue.Texts)
        {
            guest.View = Views.Guest() with
            {
                Sessions = [Views.Session(session => session with { FirstPage = one.Value, LastPage = one.Value })],
                Pause = new PersonAct("key", ApiHost.Now, one.Value),
            };
            guest.Event = Views.Detail() with
            {
                Received = Json(new { type = "VIEW", page = one.Value }),
                Sent = Json(new { type = "VIEW", page = one.Value }),
                Attempts = [Views.Attempt(JsonSerializer.Serialize(new { message = one.Value }))],
                Acts = [Views.Redriven(new PersonAct("key", ApiHost.Now, one.Value), Json(new { page = one.Value }))],
            };
            using var whole = JsonDocument.Parse((await api.GetAsync("/v1/guests/cust-42", "demo-support")).Text);
            using var @event = JsonDocument.Parse((await api.GetAsync("/v1/guests/cust-42/events/b3f3", "demo-support")).Text);
            shown[one.Value] = [.. Texts(whole.RootElement).Concat(Texts(@event.RootElement))];
        }

        Equal(MaskedValue.Texts, one => string.Join(" | ", shown[one.Value].Distinct()));
    }

    private static IEnumerable<string> Texts(JsonElement root)
    {
        if (root.TryGetProperty("sessions", out var sessions))
        {
            yield return sessions[0].GetProperty("first_page").GetString()!;
            yield return sessions[0].GetProperty("last_page").GetString()!;
            yield return root.GetProperty("pause").GetProperty("reason").GetString()!;
            yield break;
        }

        yield return root.GetProperty("received").GetProperty("page").GetString()!;
        yield return root.GetProperty("sent").GetProperty("page").GetString()!;
        var answer = root.GetProperty("attempts")[0].GetProperty("answer").GetString()!;
        using var parsed = JsonDocument.Parse(answer);
        yield return parsed.RootElement.GetProperty("message").GetString()!;
        yield return root.GetProperty("acts")[0].GetProperty("reason").GetString()!;
        yield return root.GetProperty("acts")[0].GetProperty("event").GetProperty("page").GetString()!;
    }

    private static Dictionary<string, string> Named(MaskedValue one) => new() { [one.Attribute] = one.Value };

    private static string MaskedValueOf(string body, MaskedValue one)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("ext").GetProperty(one.Attribute).GetString()!;
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value);

    /// <summary>All that differ, at once.</summary>
    private static void Equal(IReadOnlyList<MaskedValue> corpus, Func<MaskedValue, string> show)
    {
        var wrong = corpus.Where(one => show(one) != one.Shown)
            .Select(one => $"{one.Attribute} {one.Value}: expected {one.Shown}, shown {show(one)}").ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
