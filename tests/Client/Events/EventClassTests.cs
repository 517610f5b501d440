using System.Reflection;
using System.Text.Json.Serialization;
using GuestSessions.Core.Events.Rules;

namespace GuestSessions.Client.Tests.Events;

/// <summary>The event classes say what the service's rules say. <c>WRITE_EVENTS=true</c> writes those that differ.</summary>
public sealed class EventClassTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src/Client/Events/Generated");

    [Fact]
    public void The_event_classes_are_those_that_the_rules_of_the_service_give()
    {
        var files = EventClassWriter.WriteAll();
        if (Environment.GetEnvironmentVariable("WRITE_EVENTS") == "true")
        {
            Directory.CreateDirectory(Folder);
            foreach (var (name, text) in files)
                File.WriteAllText(Path.Combine(Folder, name), text);
        }

        Assert.Equal(
            files.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(files, static file => Assert.True(
            file.Value == File.ReadAllText(Path.Combine(Folder, file.Key)),
            $"{file.Key} differs from the rules. Write it again with WRITE_EVENTS=true."));
    }

    [Fact]
    public void Every_common_attribute_of_the_rules_is_a_member_of_every_event()
    {
        // The service itself sets the client key, and More has the families of names.
        var rules = AttributeRules.Further
            .Concat([
                AttributeRules.Type, AttributeRules.Channel, AttributeRules.Language, AttributeRules.Currency, AttributeRules.Page,
                AttributeRules.PointOfSale, AttributeRules.BrowserId, AttributeRules.RequestedAt,
            ])
            .Select(static rule => rule.Name)
            .Where(static name => name != "client_key" && !name.EndsWith('*'));

        var members = typeof(GuestEvent)
            .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static member => member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name)
            .OfType<string>();

        Assert.Equal(rules.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }
}
