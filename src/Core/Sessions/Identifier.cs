namespace GuestSessions.Core.Sessions;

/// <summary>One of a guest's identifiers. Provider and id are case-sensitive; together they are the identity.</summary>
/// <param name="Provider">The identifier provider of an identity rule, for example <c>CRM_ID</c>.</param>
/// <param name="Id">The value; personal data.</param>
/// <param name="ExpiryDate">As the caller wrote it (ISO 8601), or null.</param>
public sealed record Identifier(string Provider, string Id, string? ExpiryDate = null);
