using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Support;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Operations;

/// <summary>The id of the operation that a request starts.</summary>
internal static class OperationIds
{
    public const string Header = "Idempotency-Key";
    public const string Description =
        "1 to 255 characters of the caller's choice. The same request of the same caller finds the operation that the first "
        + "started, or restarts it if it failed. Another request with the same key gets 409 idempotency_key_reused.";

    private const int LongestKey = 255;

    /// <summary>
    /// Without a key, a new id. With a key, the same id for every request of the same caller, and a hash of the request, so
    /// that a repeated request (its answer was lost, or a button was pressed twice) starts nothing. Either the id or the
    /// refusal is null.
    /// </summary>
    /// <param name="key">The header; empty where the request has none.</param>
    /// <param name="caller">Ids are unique across tenants and callers.</param>
    /// <param name="what">The operation to start, and its guest if it has one.</param>
    public static (string? Id, string? Request, Refusal? Refused) Of(
        StringValues key, Caller caller, string what, ActRequest act, TimeProvider time)
    {
        if (key.Count == 0)
            return (Recorder.NewEventId(time.GetUtcNow()), null, null);
        return key.ToString() is { Length: > 0 and <= LongestKey } text
            ? (Hash([text, caller.Tenant, caller.Name], new Dictionary<string, JsonElement>()),
                Hash([what, act.Reason], act.Members), null)
            : (null, null, Refusals.InvalidParameter(Header, $"Expected 1 to {LongestKey} characters."));
    }

    private static string Hash(IEnumerable<string?> parts, IReadOnlyDictionary<string, JsonElement> members)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            Append(part);
        foreach (var (name, value) in members.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            Append(name);
            Append(value.GetRawText());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

        void Append(string? part) =>
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part?.Length}:{part}")));
    }
}
