using System.Collections.Concurrent;
using System.Text;
using GuestSessions.Core.Delivery;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>An upstream that issues numbered browser ids while it may, and answers calls that are forwarded.</summary>
public sealed class FakeUpstream : IUpstreamGrain
{
    private int _issued;

    /// <summary>How many browser ids it issues before it refuses.</summary>
    public int Issues { get; set; }

    /// <summary>Completes once it has refused to issue one more.</summary>
    public TaskCompletionSource Exhausted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<PersonalizationCall> Calls { get; } = new();

    public ConcurrentQueue<string> Shown { get; } = new();

    public RelayedAnswer Answer { get; set; } = Json(200, """{"decision":"a"}""");

    public static RelayedAnswer Json(int status, string body) => new(status, Encoding.UTF8.GetBytes(body));

    public static string BrowserId(int number) => $"00000000-0000-4000-8000-{number:x12}";

    public Task<UpstreamBrowserId?> CreateBrowserIdAsync()
    {
        var number = Interlocked.Increment(ref _issued);
        if (number <= Issues)
            return Task.FromResult<UpstreamBrowserId?>(new(BrowserId(number), $"customer-{number}"));
        Exhausted.TrySetResult();
        return Task.FromResult<UpstreamBrowserId?>(null);
    }

    public Task<RelayedAnswer> ShowBrowserAsync(string browserId)
    {
        Shown.Enqueue(browserId);
        return Task.FromResult(Answer);
    }

    public Task<RelayedAnswer> PersonalizeAsync(PersonalizationCall call)
    {
        Calls.Enqueue(call);
        return Task.FromResult(Answer);
    }
}
