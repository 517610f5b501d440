using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GuestSessions.Api.Live;

/// <summary>Opens live streams, up to the watcher limit of the host.</summary>
internal sealed class LiveStreams(
    TenantCatalog tenants,
    GuestGrains guests,
    LinkedGuests links,
    MissingGuests missing,
    IOptions<ServiceOptions> options,
    LongAnswers answers,
    TimeProvider time)
{
    public const string LastEventId = "Last-Event-ID";

    private int _free = options.Value.Api.LiveStreams;

    public async Task<IResult> OpenAsync(string guest, HttpContext context)
    {
        var after = WatchedPlace.Now;
        if (context.Request.Headers[LastEventId] is [{ Length: > 0 } last])
        {
            if (WatchedPlace.Read(last) is not { } place)
                return Refusals.InvalidParameter(LastEventId, "Expected the id of a message of a live stream.");
            after = place;
        }

        if (!CallerIds.IsValid(guest))
            return Refusals.GuestNotFound(guest);
        var tenant = tenants.Of(context).Name;
        var watch = new LinkedWatch(guests, tenant, await links.NameOfAsync(tenant, guest));
        return await watch.WatchAsync(after, TimeSpan.Zero) switch
        {
            null => await missing.RefuseAsync(tenant, guest),
            { IsFull: true } => Refusals.TooManyStreams(),
            _ when answers.IsEnding => Refusals.Unavailable(),
            var first => TryTake() ? Serve(watch, first) : Refusals.TooManyStreams(),
        };
    }

    private Answer Serve(LinkedWatch watch, WatchedPage first) =>
        new(context => answers.ServeAsync(context, end => ServeAsync(context, watch, first, end)));

    private async Task ServeAsync(HttpContext context, LinkedWatch watch, WatchedPage first, CancellationToken stopping)
    {
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await new LiveStream(context, watch, time).ServeAsync(first, end.Token);
        }
        finally
        {
            Interlocked.Increment(ref _free);
        }
    }

    private bool TryTake()
    {
        if (Interlocked.Decrement(ref _free) >= 0)
            return true;
        Interlocked.Increment(ref _free);
        return false;
    }

    private sealed class Answer(Func<HttpContext, Task> serve) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status200OK;

        public Task ExecuteAsync(HttpContext httpContext) => serve(httpContext);
    }
}
