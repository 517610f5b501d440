using GuestSessions.Architecture.Tests.Reference;

namespace GuestSessions.Architecture.Tests;

/// <summary>
/// What operators look up is generated from the code. <c>WRITE_REFERENCE=true</c> writes the documents that differ.
/// </summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("reference/log-events.md")]
    [InlineData("reference/metrics.md")]
    [InlineData("configuration.md")]
    public void A_reference_says_what_the_code_says(string name)
    {
        var file = Path.Combine(Repository.Root, "docs", name);
        var text = (name switch
        {
            "reference/log-events.md" => LogReference.Write(),
            "reference/metrics.md" => MetricReference.Write(),
            _ => SettingReference.WriteBelowIntroduction(File.ReadAllText(file)),
        }).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("WRITE_REFERENCE") == "true")
            File.WriteAllText(file, text);

        Assert.True(text == File.ReadAllText(file),
            $"docs/{name} differs from the code. Write it again with WRITE_REFERENCE=true, see CONTRIBUTING.md.");
    }

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
