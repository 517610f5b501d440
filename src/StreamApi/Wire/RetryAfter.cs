using System.Globalization;
using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Wire;

/// <summary>The header <c>Retry-After</c>: seconds or an HTTP date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    // RFC 9110, 5.6.7: the preferred form and the two obsolete ones that must still be read.
    private static readonly string[] HttpDates =
        ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    /// <summary>
    /// Reads it as a delay from 0 to 15 minutes; null if there is none or it is invalid.
    /// </summary>
    /// <param name="value">The header's value as it came.</param>
    /// <param name="asOf">
    /// The answer's own <c>Date</c> if it has one, so that a difference between the clocks cannot turn a short wait
    /// into a long one or into none.
    /// </param>
    public static TimeSpan? Parse(string? value, DateTimeOffset asOf)
    {
        var text = value?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;

        if (text.All(char.IsAsciiDigit))
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds < (long)DeliveryPolicy.LongestRetryAfter.TotalSeconds
                    ? TimeSpan.FromSeconds(seconds)
                    : DeliveryPolicy.LongestRetryAfter;
        }

        if (!DateTimeOffset.TryParseExact(text, HttpDates, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var date))
            return null;
        var delay = date - asOf;
        return delay <= TimeSpan.Zero ? TimeSpan.Zero
            : delay < DeliveryPolicy.LongestRetryAfter ? delay
            : DeliveryPolicy.LongestRetryAfter;
    }
}
