using System.Text;
using System.Text.Json;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Api.Tests.Live;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>A personal value in every text that a caller chooses: no view shows it.</summary>
public sealed class EveryViewMasksTests
{
    private static readonly EventWarning Doubt = new("normalised", "/event/ext/{\"password\":\"hunter2secret\"}");

    [Theory]
    [InlineData("niamh.secretive@harbourbikes.com", "secretive")]
    [InlineData("4111111111111111", "1111111111")]
    [InlineData("DE89370400440532013000", "0400440532")]
    [InlineData("{\"password\":\"hunter2secret\"}", "hunter2secret")]
    public async Task No_view_shows_it(string value, string hidden)
    {
        await using var api = await ApiHost.StartAsync();
        Fill(api, value);
        string[] paths =
        [
            "/v1/guests/cust-42", "/v1/guests/cust-42/events", "/v1/guests/cust-42/events/b3f3", "/v1/quarantine", "/v1/in-doubt",
            "/v1/audit", "/v1/rejections", "/v1/ext-types",
        ];
        var shown = new StringBuilder();
        foreach (var path in paths)
        {
            var answer = await api.GetAsync(path);
            Assert.True((int)answer.Status == 200, path);
            shown.AppendLine(Unescaped(answer.Text));
        }

        await using (var live = await LiveReader.OpenAsync(api, after: "3"))
            shown.AppendLine(Unescaped($"{await live.NextAsync()}{await live.NextAsync()}"));
        Assert.Contains("\"sequence\":3", shown.ToString(), StringComparison.Ordinal);
        shown.AppendLine(Unescaped((await api.PostAsync("/v1/guests/search", JsonSerializer.Serialize(new { text = value }))).Text));
        shown.AppendLine(Unescaped((await api.PostAsync("/v1/guests/cust-42/replay", """{"dry_run":true}""")).Text));
        foreach (var line in shown.ToString().Split('\n'))
        {
            Assert.DoesNotContain(hidden, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("hunter2secret", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rejection_masks_ids_that_look_personal_in_the_list_and_in_a_404()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync("/v1/guests/4111111111111111/events", Samples.Envelope("DE89370400440532013000", pos: "nowhere"));

        foreach (var path in new[] { "/v1/rejections", "/v1/guests/4111111111111111" })
        {
            var text = (await api.GetAsync(path)).Text;
            Assert.Contains("\"event_id\":\"•••\"", text, StringComparison.Ordinal);
            Assert.Contains("\"guest\":\"•••\"", text, StringComparison.Ordinal);
        }
    }

    private static void Fill(ApiHost api, string value)
    {
        var summary = Views.Summary() with { Type = value, Warnings = [Doubt] };
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["type"] = value,
            ["page"] = value,
            ["ext"] = new Dictionary<string, string> { [value] = value },
        });
        var guest = api.Guest("cust-42");
        guest.View = Views.Guest() with
        {
            Identifiers = [new Identifier(value, value, value)],
            Sessions =
            [
                Views.Session(session => session with
                {
                    Channel = value,
                    PointOfSale = value,
                    FirstPage = value,
                    LastPage = value,
                    Counts = new Dictionary<string, int> { [value] = 2 },
                    Cart = new Cart { Lines = [new CartLine(value, 1, 1m)] },
                }),
            ],
            Pause = new PersonAct("key", ApiHost.Now, value),
        };
        guest.Timeline = new TimelinePage([summary], null);
        guest.LiveNow = new LivePage(5, [summary]);
        guest.Event = Views.Detail() with
        {
            Summary = summary,
            Received = body,
            Sent = body,
            Attempts = [Views.Attempt(JsonSerializer.Serialize(new { message = value }))],
            Acts = [Views.Redriven(new PersonAct("key", ApiHost.Now, value), body)],
        };
        guest.Preview = new ReplayPreview([new PreviewedEvent(3, "b3f3", value, body)], Next: null);
        var lists = api.Cluster.Lists(ApiHost.Tenant);
        lists.Asides.Add(new ListedSetAside(new GuestKey(ApiHost.Tenant, 1), "cust-42", 3, "b3f3", value, "refused", ApiHost.Now) { Warnings = [Doubt] });
        api.Cluster.ExtTypes(ApiHost.Tenant).Stored.Add(new LearnedExtType(new ExtAttribute(value, value, ExtType.Text), ApiHost.Now));
    }

    private static string Unescaped(string json) => json.Replace("\\", "", StringComparison.Ordinal);
}
