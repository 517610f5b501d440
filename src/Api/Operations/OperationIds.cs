using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Operations;

/// <summary>The id of the operation that a request begins.</summary>
internal static class OperationIds
{
    public const string Header = "Idempotency-Key";
    public const string Description =
        "1 to 255 characters of the caller's choice. The same request with the same key finds the operation that the first began.";

    private const int LongestKey = 255;

    /// <summary>
    /// A new id; with a key the same for the same request of the same caller, so that one sent again, because its answer got
    /// lost or a button was pressed twice, begins nothing. Exactly one of the two results is null.
    /// </summary>
    public static (string? Id, Refusal? Refused) Of(HttpContext context, ActRequest act, TimeProvider time)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var key))
            return (Recorder.NewEventId(time.GetUtcNow()), null);
        return key.ToString() is { Length: > 0 and <= LongestKey } text
            ? (Hash(text, context, act), null)
            : (null, Refusals.Invalid([new Violation(
                "wrong_idempotency_key", "", $"Expected an {Header} of 1 to {LongestKey} characters.")]));
    }

    private static string Hash(string key, HttpContext context, ActRequest act)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(key);
        Append(CallerClaims.NameOf(context.User));
        Append(context.Request.Path);
        Append(act.Reason);
        foreach (var (name, value) in act.Members.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            Append(name);
            Append(value.GetRawText());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));

        void Append(string? part) =>
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{part?.Length}:{part}")));
    }
}
