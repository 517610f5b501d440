using GuestSessions.Core.Options;

namespace GuestSessions.Api.Authentication;

/// <summary>
/// The credentials of a tenant that configures none, in Development only: the id is the whole bearer value.
/// Everyone knows them, so a host outside Development refuses to start with one of them, even when it is
/// configured by hash.
/// </summary>
public static class DemoKeys
{
    public static IReadOnlyList<ApiKeyOptions> All { get; } =
    [
        Key("demo-ingest", Scopes.Ingest),
        Key("demo-support", Scopes.SupportRead, Scopes.SupportAct),
        Key("demo-admin", [.. Scopes.All]),
    ];

    private static ApiKeyOptions Key(string secret, params string[] scopes)
        => new() { Id = secret, SecretSha256 = SecretHash.Of(secret).ToString(), Scopes = [.. scopes] };
}
