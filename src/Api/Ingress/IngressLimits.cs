using System.Threading.RateLimiting;
using GuestSessions.Api.Errors;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Bounds the use of a public key, which anyone can know: per address first, so that one unknown client cannot exhaust
/// the tenant's budget. Only the tenant's bounds apply to a trusted proxy that reports no address.
/// </summary>
internal sealed class IngressLimits(IngressOptions options, VisitorAddresses visitors, IngressInstruments instruments)
    : IRateLimiterPolicy<string>, IDisposable
{
    public const string Policy = "ingress";

    private readonly PartitionedRateLimiter<string> _newBrowsers = ByKey(options.NewBrowsersPerSecond);
    private readonly PartitionedRateLimiter<string> _newBrowsersOfOne = ByKey(options.NewBrowsersPerSecondPerAddress);
    private readonly PartitionedRateLimiter<string> _browserIdsOfOne = ByKey(options.BrowserIdsPerSecondPerAddress);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => async (rejected, _) =>
    {
        instruments.Refused(null, ProblemCodes.TooManyRequests);
        await IngressAnswers.TooMany(ProblemCodes.TooManyRequests).ExecuteAsync(rejected.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        Partition(visitors.SubscriberOf(httpContext), options.RequestsPerSecond);

    /// <summary>Whether the tenant may accept one more first-seen browser whose id this service did not issue.</summary>
    public bool AdmitsStranger(HttpContext context, string tenant) =>
        HasCapacity(_newBrowsersOfOne, context) && HasCapacity(_newBrowsers, tenant);

    /// <summary>Whether the caller's address may get one more browser id.</summary>
    public bool IssuesTo(HttpContext context) => HasCapacity(_browserIdsOfOne, context);

    public void Dispose()
    {
        _newBrowsers.Dispose();
        _newBrowsersOfOne.Dispose();
        _browserIdsOfOne.Dispose();
    }

    private bool HasCapacity(PartitionedRateLimiter<string> ofOne, HttpContext context) =>
        visitors.BoundedSenderOf(context) is not { } address || HasCapacity(ofOne, address);

    private static bool HasCapacity(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> ByKey(int perSecond) =>
        PartitionedRateLimiter.Create<string, string>(key => Partition(key, perSecond));

    // Allows twice the rate at once, because a page sends several events when it loads.
    private static RateLimitPartition<string> Partition(string key, int perSecond) => perSecond == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 2,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
}
