namespace GuestSessions.SystemTests.Documents;

/// <summary>Blocks of documents that no test in this folder runs.</summary>
/// <param name="Document">The file, from the root and without <c>.md</c>.</param>
/// <param name="Part">What the blocks have in their text; empty for all blocks of the language.</param>
/// <param name="Language">Of the blocks.</param>
/// <param name="Why">Who runs it, or why nobody does.</param>
internal sealed record BlockElsewhere(string Document, string Language, string Part, string Why)
{
    /// <summary>The file with the test; null where nothing runs it.</summary>
    public string? Test { get; init; }

    /// <summary>What the test has of the block.</summary>
    public string[] Texts { get; init; } = [];

    public static IReadOnlyList<BlockElsewhere> All { get; } =
    [
        new("README", "sh", "./test.sh", "test.sh runs this test; OperationsTests starts the service in the same way"),
        new("docs/start", "sh", "dotnet run --project src/Silo\n", "OperationsTests starts the service in the same way, at other ports"),
        new("docs/cli", "sh", "", "each line runs in the tool's tests") { Test = "tests/Cli/DocumentTests.cs", Texts = ["docs/cli.md", "```sh"] },
        new("docs/cli", "json", "\"demo\"", "the tool's tests sign in with it")
        {
            Test = "tests/Cli/DocumentTests.cs",
            Texts = ["```json"],
        },
        new("docs/client", "csharp", "", "each is compiled in the client's tests")
        {
            Test = "tests/Client/Documents/DocumentTests.cs",
            Texts = ["docs/client.md", "```csharp"],
        },
        new("docs/cli", "bash", "jq -r .sent", "the tool's tests run it after an import with a rejected line")
        {
            Test = "tests/Cli/DocumentTests.cs",
            Texts = ["```bash\\n(jq -r"],
        },
        new("docs/cli", "bash", "dotnet pack src/Cli -o", "packing builds anew what these tests run; the release is packed in the same way")
        {
            Test = "scripts/release.sh",
            Texts = ["dotnet pack \"src/$project\""],
        },
        new("docs/client", "bash", "dotnet pack src/Client -o", "packing builds anew what these tests run; the release is packed in the same way")
        {
            Test = "scripts/release.sh",
            Texts = ["dotnet pack \"src/$project\""],
        },
        new("docs/client", "bash", "dotnet nuget add source ../feed", "needs the package that the block before it makes"),
        new("docs/operations", "bash", "--after-restore", "needs a backup, which these tests make")
        {
            Test = "tests/System/RestoreTests.cs",
            Texts = ["Arguments.Add(\"--after-restore\")"],
        },
        new("docs/adding-a-store", "sql", "-- name: read", "it is a statement of the SQLite store, which the contract of stores runs")
        {
            Test = "src/Storage/Sqlite/Sql/owners.sql",
            Texts = ["-- name: read\nSELECT guest, name, generation, previous FROM owner WHERE browser = @browser;"],
        },
        new("docs/model/README", "sh", "spin", "the test of the model runs the same programs with the same options")
        {
            Test = "tests/System/Model/DeliveryModelTests.cs",
            Texts = ["\"SPLITS=0\"", "\"-a\", model", "[\"-O2\", \"-w\", \"-DSAFETY\", \"-DCOLLAPSE\", \"-o\", \"pan\", \"pan.c\"]", "[\"-m1000000\"]"],
        },
        new("docs/releasing", "bash", "sha256sum --check", "needs the files of a release, which take minutes to make; the script that makes them "
            + "starts the same program out of them")
        {
            Test = "scripts/release.sh",
            Texts = ["sha256sum -- *", "name=guest-sessions-$version-$runtime", "ASPNETCORE_ENVIRONMENT=Development \"$work/$name/silo/GuestSessions.Silo\""],
        },
        new("ops/kubernetes/README", "sh", "kubectl apply -k", "needs a Kubernetes cluster; tests read every object of the overlay")
        {
            Test = "tests/Architecture/Kubernetes/KubernetesTests.cs",
            Texts = ["\"kustomize\", Path.Combine(Folder, \"overlays\""],
        },
        new("samples/shop/README", "sh", "dotnet run --project src/Silo\n", "OperationsTests starts the service in the same way"),
        new("samples/shop/README", "sh", "npm ci && npm run build\ndotnet run\n", "the test of the shop starts it in the same way, from its binary")
        {
            Test = "tests/Sdk/SampleShopTests.cs",
            Texts = ["npm ci --no-progress && npm run build"],
        },
        new("ARCHITECTURE", "", "Api ──►", "a picture of dependencies, which DependencyTests checks"),
        new("bench/results/2026-11-23", "", "acked/s", "figures of a run"),
    ];

    public bool IsOf(DocumentBlock block) => block.Document == Document && block.Language == Language
        && block.Text.Contains(Part, StringComparison.Ordinal);
}
