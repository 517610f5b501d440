using Microsoft.Extensions.Options;

namespace GuestSessions.Client;

/// <summary>Checks the options at the start of the host, or at their first use.</summary>
internal sealed class OptionsCheck : IValidateOptions<GuestSessionsOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, GuestSessionsOptions options)
    {
        string?[] found =
        [
            options.Address is { IsAbsoluteUri: true, Scheme: "http" or "https" }
                ? null : "Address: Expected the http or https address of the service.",
            options.ApiKey.Length > 0 && !options.ApiKey.Any(char.IsWhiteSpace)
                ? null : "ApiKey: Expected the secret of an API key, without blanks.",
            Between(nameof(options.RequestTimeout), options.RequestTimeout, Shortest, TenMinutes),
            Between(nameof(options.CallTimeout), options.CallTimeout, Shortest, TimeSpan.FromDays(1)),
            Between(nameof(options.LongestRetryDelay), options.LongestRetryDelay, Shortest, TenMinutes),
            Between(nameof(options.BufferEvents), options.BufferEvents, 1, 10_000_000),
            Between(nameof(options.BufferBytes), options.BufferBytes, 1 << 10, 1L << 40),
            Between(nameof(options.BatchEvents), options.BatchEvents, 1, 10_000),
            Between(nameof(options.BatchBytes), options.BatchBytes, 1 << 10, 16 << 20),
            Between(nameof(options.FlushInterval), options.FlushInterval, TimeSpan.Zero, TenMinutes),
            Between(nameof(options.BatchesInFlight), options.BatchesInFlight, 1, 256),
            Between(nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1)),
        ];
        string[] failures = [.. found.OfType<string>()];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? Between<T>(string name, T value, T least, T most) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null : $"{name}: Expected {least} to {most}; got {value}.";
}
