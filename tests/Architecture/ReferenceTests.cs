using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Architecture.Tests.Reference;
using Json.Schema;

namespace GuestSessions.Architecture.Tests;

/// <summary>
/// What operators look up is generated from the code. <c>WRITE_REFERENCE=true</c> writes the documents that differ.
/// </summary>
public sealed class ReferenceTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(SettingSchema.Write());

    [Theory]
    [InlineData("reference/log-events.md")]
    [InlineData("reference/metrics.md")]
    [InlineData("reference/appsettings.schema.json")]
    [InlineData("configuration.md")]
    public void A_reference_says_what_the_code_says(string name)
    {
        var file = Path.Combine(Repository.Root, "docs", name);
        var text = (name switch
        {
            "reference/log-events.md" => LogReference.Write(),
            "reference/metrics.md" => MetricReference.Write(),
            "reference/appsettings.schema.json" => SettingSchema.Write(),
            _ => SettingReference.WriteBelowIntroduction(File.ReadAllText(file)),
        }).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("WRITE_REFERENCE") == "true")
            File.WriteAllText(file, text);

        Assert.True(text == File.ReadAllText(file),
            $"docs/{name} differs from the code. Write it again with WRITE_REFERENCE=true, see CONTRIBUTING.md.");
    }

    [Theory]
    [InlineData("src/Silo/appsettings.json")]
    [InlineData("src/Silo/appsettings.Development.json")]
    public void The_schema_accepts_the_settings_that_are_shipped(string file)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, file)))!;

        Assert.True(Schema.Evaluate(JsonSerializer.SerializeToElement(settings)).IsValid);
        Assert.EndsWith("docs/reference/appsettings.schema.json", (string)settings["$schema"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Sessions":{"Storage":{"Provder":"Sqlite"}}}""")]
    [InlineData("""{"Sessions":{"Storage":{"PoolSize":0}}}""")]
    [InlineData("""{"Sessions":{"Tenants":{"shop":{"Delivery":{"Settle":"5"}}}}}""")]
    [InlineData("""{"Sessions":{"Tenants":{"shop":{"StreamApi":{"Form":"Indirect"}}}}}""")]
    public void The_schema_names_what_a_start_would_name(string settings) =>
        Assert.False(Schema.Evaluate(JsonSerializer.SerializeToElement(JsonNode.Parse(settings))).IsValid);

    [Fact]
    public void No_two_log_entries_have_the_same_id()
    {
        Assert.True(LogReference.Messages.Count > 30);
        Assert.Equal(LogReference.Messages.Select(static one => one.Id).Distinct(), LogReference.Messages.Select(static one => one.Id));
    }

    [Fact]
    public void Every_setting_says_what_it_means() =>
        Assert.DoesNotMatch("(?m)^[|] `[^`]+` [|]  [|]", SettingReference.Write());
}
