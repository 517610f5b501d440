using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Cli.Profiles;

/// <summary>A service, and the key to call it with.</summary>
/// <param name="Address">Of the service.</param>
/// <param name="Key">The secret of an API key.</param>
/// <param name="Tenant">For a key of several tenants.</param>
internal sealed record Profile(Uri Address, string Key, string? Tenant = null)
{
    private const string DefaultName = "default";
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    /// <summary>
    /// Where the profiles are: <c>SESSIONS_PROFILES</c>, or <c>~/.config/sessions/profiles.json</c>.
    /// </summary>
    public static string File { get; } = Environment.GetEnvironmentVariable("SESSIONS_PROFILES") is { Length: > 0 } file
        ? file
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config", "sessions", "profiles.json");

    /// <summary>
    /// Reads the profile that a command uses. <c>SESSIONS_ADDRESS</c>, <c>SESSIONS_KEY</c> and <c>SESSIONS_TENANT</c> count
    /// before the file, for programs that have no home.
    /// </summary>
    /// <exception cref="CommandFailedException">There is none, or its file is not safe.</exception>
    public static Profile Read(string? name)
    {
        var stored = System.IO.File.Exists(File) ? ReadFile().GetValueOrDefault(name ?? DefaultName) : null;
        if (name is not null && stored is null)
            throw Wrong($"No profile {name} in {File}.");
        var address = Environment.GetEnvironmentVariable("SESSIONS_ADDRESS") is { Length: > 0 } text
            ? Parse(text)
            : stored?.Address;
        var key = Environment.GetEnvironmentVariable("SESSIONS_KEY") is { Length: > 0 } secret ? secret : stored?.Key;
        if (address is null || key is null)
            throw Wrong($"No profile. Write {File} (mode 0600), or set SESSIONS_ADDRESS and SESSIONS_KEY. See docs/cli.md.");
        return new Profile(address, key, Environment.GetEnvironmentVariable("SESSIONS_TENANT") ?? stored?.Tenant);
    }

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw Wrong($"Expected an http or https address; got {address}.");

    private static Dictionary<string, Profile> ReadFile()
    {
        if (!OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(File) & Others) != 0)
            throw Wrong($"{File} has keys and others may read it. Run: chmod 600 {File}");
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllText(File), ProfileJson.Default.DictionaryStringProfile) ?? [];
        }
        catch (JsonException malformed)
        {
            throw Wrong($"{File} is no file of profiles: {malformed.Message}");
        }
    }

    private static CommandFailedException Wrong(string message) => new(ExitCodes.Usage, message);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, Profile>))]
internal sealed partial class ProfileJson : JsonSerializerContext;
