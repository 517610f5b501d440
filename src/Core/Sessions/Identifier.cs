using System.Globalization;

namespace GuestSessions.Core.Sessions;

/// <summary>One of a guest's identifiers. Provider and id are case-sensitive; together they are the identity.</summary>
/// <param name="Provider">The identifier provider of an identity rule, for example <c>CRM_ID</c>.</param>
/// <param name="Id">The value; personal data.</param>
/// <param name="ExpiryDate">As it is sent, <c>2030-01-01T00:00</c> in UTC; null where it does not expire.</param>
public sealed record Identifier(string Provider, string Id, string? ExpiryDate = null)
{
    /// <summary>Characters of a provider. The upstream publishes no limit; without one, nothing here would be bounded.</summary>
    public const int LongestProvider = 256;

    /// <summary>Characters of an id.</summary>
    public const int LongestId = 1024;

    /// <summary>Whether it no longer counts. A date without a zone is one in UTC.</summary>
    public bool IsExpiredAt(DateTimeOffset now) =>
        DateTimeOffset.TryParse(ExpiryDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry)
        && expiry <= now;
}
