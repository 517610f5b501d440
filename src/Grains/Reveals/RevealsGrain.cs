using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Options;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Reveals;

/// <summary>
/// Counts reveals by the audit alone, so that a restart forgets none. One call runs at a time, so that two at once do not
/// share the last one of a quota.
/// </summary>
[GrainType("reveals")]
public sealed class RevealsGrain(IGuestLists lists, IOptions<SessionsOptions> options, TimeProvider time) : Grain, IRevealsGrain
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private string Tenant => this.GetPrimaryKeyString();

    public async Task<RevealRefusal?> AllowAsync(RevealRequest request)
    {
        var now = time.GetUtcNow();
        var quota = options.Value.Privacy.RevealsPerHour;
        var guest = GuestKey.Parse(request.Guest);
        try
        {
            if (await lists.ReadRevealAsync(Tenant, request.Act.By, quota - 1, CancellationToken.None) is { } first
                && first + Period > now)
                return new RevealRefusal(quota, first > now ? Period : first + Period - now);
            await lists.AppendActAsync(
                Tenant,
                new RecordedAct(ActNames.ValueRevealed, request.Act.At(now), EventId: request.EventId, Field: request.Field),
                CancellationToken.None,
                guest);
            return null;
        }
        catch (Exception exception)
        {
            // Whatever the store threw, nothing is revealed. Its own types do not travel to an API host; the cause goes along.
            throw new SessionUnavailableException("The audit cannot be read or written now.", exception);
        }
    }
}
