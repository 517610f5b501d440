using System.Reflection;
using System.Text.RegularExpressions;

namespace GuestSessions.Architecture.Tests;

/// <summary>A guest is put together in one place, so that the simulation and the tests run what production runs.</summary>
public sealed class CompositionTests
{
    private const string Root = "GuestRuntime.cs";

    [Fact]
    public void The_parts_of_a_guest_are_made_in_its_runtime_and_nowhere_else()
    {
        // They are internal: nobody else could make them.
        var files = ((string[])["src/Grains", "tests/Grains", "tests/Simulation"])
            .SelectMany(static folder => Repository.Files(folder, "*.cs"))
            .Select(static file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .ToList();
        Assert.All(Parts(), part =>
        {
            var made = new Regex($@"\bnew (?:\w+\.)*{part}\(|\b{part} \w+ = new\(");
            Assert.Equal([Root], files.Where(file => made.IsMatch(file.Text)).Select(static file => file.Name));
        });
    }

    [Fact]
    public void The_grain_only_passes_calls_on()
    {
        var grain = Repository.Files("src", "GuestGrain.cs").Single();
        Assert.InRange(File.ReadLines(grain).Count(), 1, 130);
        Assert.DoesNotContain("Decider.", File.ReadAllText(grain), StringComparison.Ordinal);
    }

    [Fact]
    public void Four_contracts_lead_to_a_guest() => Assert.Equal(
        ["IGuestDeliveryGrain", "IGuestErasureGrain", "IGuestGrain", "IGuestLinkingGrain"],
        typeof(GuestSessions.Grains.Guests.GuestGrain).GetInterfaces()
            .Where(static contract => contract.IsAssignableTo(typeof(Orleans.Runtime.IAddressable))
                && contract.Namespace!.StartsWith("GuestSessions", StringComparison.Ordinal))
            .Select(static contract => contract.Name).Order(StringComparer.Ordinal));

    /// <summary>The committer, and whatever is made over it.</summary>
    private static IEnumerable<string> Parts()
    {
        var types = Repository.TypesOf(Repository.Grains).Where(static type => type is { IsClass: true, IsNested: false }).ToList();
        HashSet<Type> parts = [types.Single(static type => type.Name == "SessionCommitter")];
        while (types.Find(type => !parts.Contains(type) && IsOver(type, parts)) is { } next)
            parts.Add(next);
        Assert.True(parts.Count > 10, "A guest has more parts.");
        return parts.Select(static part => part.Name);
    }

    private static bool IsOver(Type type, HashSet<Type> parts) => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Any(constructor => constructor.GetParameters().Any(parameter => parts.Contains(parameter.ParameterType)));
}
