using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.Silo;
using GuestSessions.Storage;
using GuestSessions.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Architecture.Tests;

/// <summary>A new store is complete when it compiles, and SQL is in files of named statements.</summary>
public sealed partial class StoreTests
{
    private static readonly HashSet<string> Roles =
        [.. typeof(IStore).GetProperties().Select(static role => role.PropertyType.FullName!), typeof(IStore).FullName!];

    [Fact]
    public void No_code_casts_to_a_store_or_a_role_of_one_or_a_new_store_would_compile_and_then_fail() =>
        Assert.Empty(CastsIn(DependencyTests.Built.Types));

    [Fact]
    public async Task Every_provider_that_can_be_configured_has_a_store()
    {
        foreach (var provider in System.Enum.GetValues<StorageProvider>())
        {
            var options = new StorageOptions { Provider = provider };
            if (provider == StorageProvider.Postgres)
                options.ConnectionString = "Host=127.0.0.1";
            await using var services = new ServiceCollection().AddLogging().AddJournal(options).BuildServiceProvider();

            Assert.StartsWith(provider.ToString(), services.GetRequiredService<IStore>().GetType().Name, StringComparison.Ordinal);
        }

        Assert.Equal(SqliteStore.DefaultConnectionString, new StorageOptions().ConnectionString);
    }

    [Fact]
    public void A_cast_is_found_whatever_its_form()
    {
        var planted = new ArchLoader().LoadAssemblies(typeof(PlantedCasts).Assembly, Repository.Storage, Repository.Core).Build();

        Assert.Equal(
            [nameof(IJournalRows), "IOperationRows", "ITenantRows", "MemoryStore"],
            CastsIn(planted.Types.Where(static type => type.Name == nameof(PlantedCasts)))
                .Select(static cast => cast[(cast.LastIndexOf('.') + 1)..]).Order());
    }

    [Fact]
    public void Every_statement_that_code_names_is_in_its_file_and_every_statement_in_a_file_is_used()
    {
        var written = Repository.Files("src/Storage", "*.sql")
            .Where(static file => Path.GetFileName(Path.GetDirectoryName(file)) == "Sql")
            .SelectMany(static file => Name().Matches(File.ReadAllText(file)).Select(match => (
                Store: Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file))!),
                Concern: Path.GetFileNameWithoutExtension(file).Replace("-", "", StringComparison.Ordinal),
                Name: match.Groups[1].Value)))
            .ToList();
        var used = Repository.Files("src/Storage", "*.cs")
            .SelectMany(static file => Use().Matches(File.ReadAllText(file)).Select(static match => (
                Store: match.Groups[1].Value,
                Concern: match.Groups[2].Value.ToLowerInvariant(),
                Name: match.Groups[3].Value)))
            .Distinct().ToList();

        Assert.True(used.Count > 80);
        Assert.Empty(used.Except(written));
        Assert.Empty(written.Except(used));
    }

    [Theory]
    [InlineData("SqliteSql.Journal[\"append\"]", "Sqlite")]
    [InlineData("SqlServerSql.Journal[\"append\"]", "SqlServer")]
    [InlineData("Db2Sql.Journal[\"append\"]", "Db2")]
    public void A_store_may_have_any_name_that_a_folder_can_have(string use, string store) =>
        Assert.Equal(store, Use().Match(use).Groups[1].Value);

    /// <summary>Casts, type checks and patterns whose target is a store, or a role of a store.</summary>
    private static List<string> CastsIn(IEnumerable<IType> types) =>
    [
        .. from type in types
           from dependency in type.Dependencies
           where dependency is CastTypeDependency or TypeCheckDependency && IsStoreOrRole(dependency.Target)
           select $"{type.FullName} → {dependency.Target.FullName}",
    ];

    private static bool IsStoreOrRole(IType type) =>
        Roles.Contains(type.FullName) || type.ImplementedInterfaces.Any(static role => Roles.Contains(role.FullName));

    [GeneratedRegex("(?m)^-- name: ([a-z-]+)$")]
    private static partial Regex Name();

    // The store's name is greedy, so that a store called SqlServer is used as SqlServerSql.
    [GeneratedRegex("""\b([A-Z]\w*)Sql\.(\w+)\["([a-z-]+)"\]""")]
    private static partial Regex Use();

    /// <summary>What the rule must find.</summary>
    private static class PlantedCasts
    {
        public static IJournalRows Cast(IStore store) => (IJournalRows)store;

        public static bool Check(IStore store) => store is Storage.Operations.IOperationRows;

        public static async Task<bool> InLambdaAsync(IStore store) =>
            await Task.FromResult(new Func<bool>(() => (store as Storage.Tenants.ITenantRows) is null)());

        public static string Pattern(IStore store) => store is Storage.Memory.MemoryStore memory ? $"{memory}" : "";
    }
}
