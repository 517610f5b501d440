using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace GuestSessions.ServiceDefaults.Options.Reload;

/// <summary>
/// The files that settings come from. Besides <c>appsettings.json</c>: one file of the same form, and a folder with one file for
/// each setting, as orchestrators mount secrets. Environment and command line win over all of them.
/// </summary>
internal sealed class SettingsSources
{
    private const string File = "SETTINGS_FILE";
    private const string Folder = "SECRETS_FOLDER";

    private static readonly JsonDocumentOptions Json =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly List<string> _files;
    private volatile bool _areRead;

    private SettingsSources(IConfigurationBuilder configuration)
    {
        List<string> files = [];
        foreach (var source in configuration.Sources.OfType<JsonConfigurationSource>())
        {
            // After the start, a broken file must not end the host: it is reported, and what was read before stays in force.
            source.OnLoadException = context => context.Ignore = _areRead;
            if (source.FileProvider?.GetFileInfo(source.Path ?? "") is { Exists: true, PhysicalPath: { } path })
                files.Add(path);
        }

        _files = files;
    }

    /// <exception cref="IOException">A file or folder that is configured cannot be read.</exception>
    public static SettingsSources Add(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        List<IConfigurationSource> added = [];
        var more = new ConfigurationBuilder();
        if (configuration[File] is { Length: > 0 } file)
            more.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: true);
        if (configuration[Folder] is { Length: > 0 } folder)
            more.AddKeyPerFile(Path.GetFullPath(folder), optional: false, reloadOnChange: true);
        added.AddRange(more.Sources);
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var at = sources.Select(static (source, at) => source is JsonConfigurationSource ? at + 1 : 0).Max();
        foreach (var source in added)
            sources.Insert(at++, source);
        return new SettingsSources(configuration);
    }

    /// <summary>From now on a file that cannot be read is no longer the host's end.</summary>
    public void AreRead() => _areRead = true;

    /// <summary>What is wrong with the files themselves, each in a sentence.</summary>
    public IEnumerable<string> Failures()
    {
        foreach (var file in _files)
        {
            if (Failure(file) is { } failure)
                yield return $"{file}: {failure}";
        }
    }

    private static string? Failure(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file), Json);
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            return unreadable.Message;
        }
    }
}
