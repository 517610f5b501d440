using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Network;

/// <summary>
/// A small network in this machine: places in network namespaces of their own, joined by a bridge that this machine is on,
/// too. The way between two of them can be cut without either being told: what is sent vanishes, as in a switch that died.
/// Needs the rights of an administrator of networks.
/// </summary>
internal sealed class TestNetwork : IDisposable
{
    private const string Nowhere = "02:00:00:00:00:99";

    private static int _last;

    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture, $"gs{Environment.ProcessId % 100_000}x{Interlocked.Increment(ref _last)}");
    private readonly int _subnet = Random.Shared.Next(64, 128);
    private readonly List<NetworkPlace> _places = [];

    public TestNetwork()
    {
        Run("link", "add", _name, "type", "bridge");
        Run("addr", "add", $"{Here}/24", "dev", _name);
        Run("addr", "add", $"{Database}/24", "dev", _name);
        Run("link", "set", _name, "up");
    }

    /// <summary>Where the tests, the API hosts and the upstream are.</summary>
    public string Here => At(1);

    /// <summary>Also here, so that the ways to the database can be cut alone.</summary>
    public string Database => At(2);

    /// <summary>All of it, as an address with the bits that its places share.</summary>
    public string Range => $"{At(0)}/24";

    /// <summary>Whether namespaces and links can be made.</summary>
    public static bool IsAllowed()
    {
        try
        {
            new TestNetwork().Dispose();
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    public NetworkPlace NewPlace()
    {
        var number = _places.Count + 11;
        var place = new NetworkPlace($"{_name}n{_places.Count}", At(number));
        var (near, far) = ($"{_name}v{_places.Count}", "eth0");
        _places.Add(place);
        Run("netns", "add", place.Namespace);
        Run("link", "add", near, "type", "veth", "peer", "name", far, "netns", place.Namespace);
        Run("link", "set", near, "master", _name);
        Run("link", "set", near, "up");
        In(place, "addr", "add", $"{place.Address}/24", "dev", far);
        In(place, "link", "set", "lo", "up");
        In(place, "link", "set", far, "up");
        return place;
    }

    /// <summary>From here on nothing that a place sends to an address arrives.</summary>
    public static void Cut(NetworkPlace from, string to) =>
        In(from, "neigh", "replace", to, "lladdr", Nowhere, "dev", "eth0", "nud", "permanent");

    public static void CutBoth(NetworkPlace one, NetworkPlace other)
    {
        Cut(one, other.Address);
        Cut(other, one.Address);
    }

    /// <summary>Every way is open again.</summary>
    public void Heal()
    {
        foreach (var place in _places)
            In(place, "neigh", "flush", "dev", "eth0", "nud", "permanent");
    }

    public void Dispose()
    {
        foreach (var place in _places)
            Run("netns", "del", place.Namespace);
        Run("link", "del", _name);
    }

    private string At(int number) => string.Create(CultureInfo.InvariantCulture, $"10.213.{_subnet}.{number}");

    private static void In(NetworkPlace place, params string[] arguments) => Run(["-n", place.Namespace, .. arguments]);

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {errors}");
    }
}
