using System.Threading.RateLimiting;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace GuestSessions.Api.Ingress;

/// <summary>Bounds what anybody who knows a public key can make of it: requests by address, new browsers by tenant.</summary>
internal sealed class IngressLimits(IngressOptions options, VisitorAddresses visitors, IngressInstruments instruments)
    : IRateLimiterPolicy<string>, IDisposable
{
    public const string Policy = "ingress";

    private readonly PartitionedRateLimiter<string> _newBrowsers = PartitionedRateLimiter.Create<string, string>(
        tenant => Partition(tenant, options.NewBrowsersPerSecond));

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => async (rejected, _) =>
    {
        instruments.Refused(null, "too_many_requests");
        await IngressAnswers.TooMany("too_many_requests").ExecuteAsync(rejected.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        Partition(visitors.SubscriberOf(httpContext), options.RequestsPerSecond);

    /// <summary>Whether the tenant may see one more browser for the first time now.</summary>
    public bool AdmitsNewBrowser(string tenant)
    {
        using var lease = _newBrowsers.AttemptAcquire(tenant);
        return lease.IsAcquired;
    }

    public void Dispose() => _newBrowsers.Dispose();

    // Twice the rate at once: a page sends several events when it loads.
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
