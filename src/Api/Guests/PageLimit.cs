namespace GuestSessions.Api.Guests;

/// <summary>How many items a page of a list has.</summary>
internal static class PageLimit
{
    public const int Default = 50;
    public const int Most = 500;

    public const string Expected = "Expected a whole number from 1 to 500.";

    public static bool IsValid(int limit) => limit is >= 1 and <= Most;
}
