using System.Reflection;
using System.Xml.Linq;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using GuestSessions.Core.Options;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace GuestSessions.Architecture.Tests;

/// <summary>Everything points to the core, and the core points nowhere.</summary>
public sealed class DependencyTests
{
    internal static readonly ArchUnitNET.Domain.Architecture Built =
        new ArchLoader().LoadAssemblies([.. Repository.All]).Build();

    [Fact]
    public void The_core_has_no_package_and_no_project_so_that_it_can_be_read_and_tested_alone()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src/Core/Core.csproj"));
        Assert.DoesNotContain(project.Descendants(), static element =>
            element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference");
    }

    [Fact]
    public void The_core_does_no_input_or_output_so_that_a_simulation_can_own_its_world() => Types()
        .That().ResideInAssembly(Repository.Core)
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^System\.(IO|Net|Data|Diagnostics\.Process)($|\.)")
        .Because("the core decides; the journal and the stream client are ports that others implement")
        .WithoutRequiringPositiveResults()
        .Check(Built);

    [Fact]
    public void The_core_has_the_options_that_guests_and_delivery_read_and_no_hosts_own()
    {
        string[] readers = ["Core", "Grains", "Storage", "StreamApi"];
        var read = Built.Types
            .Where(type => readers.Contains(type.FullName.Split('.').ElementAtOrDefault(1))
                && !type.FullName.StartsWith("GuestSessions.Core.Options.", StringComparison.Ordinal))
            .SelectMany(static type => type.Dependencies.Select(static dependency => dependency.Target.FullName)).ToHashSet();
        var sections = typeof(SessionsOptions).GetProperties().Select(static section => section.PropertyType)
            .Where(static section => section.Assembly == Repository.Core).ToList();

        Assert.True(sections.Count >= 3);
        Assert.All(sections, section => Assert.Contains(section.FullName!, read));
    }

    [Fact]
    public void Grains_know_the_core_and_no_edge_so_that_edges_can_be_replaced() =>
        Knows(Repository.Grains, Repository.Core);

    [Fact]
    public void The_journal_knows_only_the_core() => Knows(Repository.Storage, Repository.Core);

    [Fact]
    public void The_stream_client_knows_only_the_core() => Knows(Repository.StreamApi, Repository.Core);

    [Fact]
    public void What_every_host_has_knows_only_the_core() => Knows(Repository.ServiceDefaults, Repository.Core);

    [Fact]
    public void How_hosts_find_each_other_knows_what_every_host_has() =>
        Knows(Repository.Clustering, Repository.Core, Repository.ServiceDefaults);

    [Fact]
    public void The_API_knows_the_core_the_grains_contracts_and_what_every_host_has_but_no_edge() => Knows(
        Repository.Api, Repository.Core, Repository.Grains, Repository.ServiceDefaults, Repository.Clustering);

    [Fact]
    public void The_emulator_shares_nothing_with_the_service_so_that_it_can_disagree_with_it() =>
        Knows(Repository.Emulator);

    [Fact]
    public void The_client_shares_nothing_with_the_service_so_that_its_package_stands_alone()
    {
        Knows(Repository.Client);
        Assert.DoesNotContain(Repository.Client.GetReferencedAssemblies(), static reference =>
            reference.Name!.StartsWith("Orleans", StringComparison.Ordinal) || reference.Name.Contains("AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Grains_are_reached_only_through_their_contracts_so_that_the_API_can_run_in_a_host_of_its_own() => Types()
        .That().ResideInAssembly(Repository.Api)
        .Should().NotDependOnAny(Types()
            .That().ResideInAssembly(Repository.Grains)
            .And().DoNotResideInNamespaceMatching(@"^GuestSessions\.Grains\.Contracts$"))
        .Because("a client of the cluster has the contracts and nothing else")
        .Check(Built);

    private static void Knows(Assembly assembly, params Assembly[] allowed)
    {
        var names = allowed.Select(static known => known.GetName().Name).ToHashSet();
        var known = assembly.GetReferencedAssemblies()
            .Select(static reference => reference.Name!)
            .Where(static name => name.StartsWith("GuestSessions", StringComparison.Ordinal));
        Assert.DoesNotContain(known, name => !names.Contains(name));
    }
}
