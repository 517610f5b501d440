namespace GuestSessions.SystemTests.Hosting;

/// <summary>The real all-in-one, over SQLite in a folder of its own.</summary>
/// <param name="upstream">The Stream API of the tenant <c>demo</c>.</param>
/// <param name="settings">Configuration keys below <c>Sessions</c>, parted by <c>:</c>.</param>
internal sealed class SiloProcess(Uri upstream, params (string Key, string Value)[] settings)
    : HostProcess(Binaries.Silo, HostSettings.For(upstream, settings));
