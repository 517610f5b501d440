using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace GuestSessions.SystemTests.Load;

/// <summary>
/// One backend a guest, and an SDK in each browser. A backend posts its guest's events one after the other, under a browser
/// that chance chooses, and posts each again until it is answered: the browsers go from guest to guest all the time.
/// </summary>
internal sealed class BrowserNamers : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http;
    private readonly IReadOnlyList<string> _browsers;
    private long _ticks;
    private int _sentBySdks;
    private int _refusedToSdks;

    public BrowserNamers(Uri address, int guests, IReadOnlyList<string> browsers)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
        Guests = [.. Enumerable.Range(1, guests).Select(static number => $"guest-{number}")];
        _browsers = browsers;
    }

    public IReadOnlyList<string> Guests { get; }

    /// <summary>What was acknowledged.</summary>
    public ConcurrentBag<TakenEvent> Taken { get; } = [];

    /// <summary>How many of them came by an SDK.</summary>
    public int SentBySdks => _sentBySdks;

    /// <summary>How many events SDKs sent in vain.</summary>
    public int RefusedToSdks => _refusedToSdks;

    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll(
        [
            .. Guests.Select((guest, number) => PostAllAsync(guest, new Random(number), end)),
            .. _browsers.Select(browserId => SendAllAsync(new SdkBrowser(_http, browserId), end)),
        ]);

    public void Dispose() => _http.Dispose();

    private async Task PostAllAsync(string guest, Random random, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var browserId = _browsers[random.Next(_browsers.Count)];
            var called = Interlocked.Increment(ref _ticks);
            var mark = $"/{guest}/{number}";
            while (!await TryPostAsync(guest, number, mark, browserId))
                await timer.WaitForNextTickAsync(CancellationToken.None);
            Taken.Add(new TakenEvent(browserId, mark, called, Interlocked.Increment(ref _ticks)));
        }
    }

    private async Task SendAllAsync(SdkBrowser browser, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var called = Interlocked.Increment(ref _ticks);
            var mark = $"/{browser.BrowserId}/{number}";
            if (await browser.SendAsync(mark) is { } eventId)
            {
                Interlocked.Increment(ref _sentBySdks);
                Taken.Add(new TakenEvent(browser.BrowserId, mark, called, Interlocked.Increment(ref _ticks), eventId));
            }
            else
            {
                Interlocked.Increment(ref _refusedToSdks);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> TryPostAsync(string guest, int number, string mark, string browserId)
    {
        using var content = new StringContent(
            $$$"""
            {"event_id":"e{{{number}}}","event":{"type":"VIEW","page":"{{{mark}}}","pos":"{{{SentEvent.PointOfSale}}}","browser_id":"{{{browserId}}}"}}
            """,
            new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await _http.PostAsync(new Uri($"/v1/guests/{guest}/events", UriKind.Relative), content);
            return answer.StatusCode switch
            {
                HttpStatusCode.Accepted => true,
                HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => false,
                _ => throw new InvalidOperationException($"{mark} was answered with {answer.StatusCode}."),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }
}

/// <param name="Called">The tick before it was posted for the first time.</param>
/// <param name="Answered">The tick after it was acknowledged.</param>
/// <param name="SdkEventId">The id that an SDK's event was given; null for a backend's.</param>
internal sealed record TakenEvent(
    string BrowserId, string Mark, long Called, long Answered, string? SdkEventId = null);
