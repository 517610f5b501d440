using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>Is it the tenant that is wrong, or an SDK's event that makes it look so?</summary>
public sealed class ConfigurationCheckTests : IDisposable
{
    private static readonly AttemptReport Forbidden = new()
    {
        Outcome = AttemptOutcome.Misconfigured,
        Status = 403,
        RetryAfter = TimeSpan.FromMinutes(10),
    };

    private readonly FakeTimeProvider _time = new();
    private readonly AskedClient _client = new();
    private readonly DeliveryGate _gate;
    private readonly ConfigurationCheck _check;

    public ConfigurationCheckTests()
    {
        var options = new SessionsOptions { Tenants = { ["demo"] = new TenantOptions() } };
        _gate = new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(options), _client, _time, NullLogger<DeliveryGate>.Instance);
        _check = new ConfigurationCheck(_client, _gate, _time);
    }

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task What_a_backend_sent_is_the_tenants_and_nobody_is_asked()
    {
        Assert.Same(Forbidden, await JudgeAsync(Witnesses.Another()));
        Assert.Equal(0, _client.Asked);
    }

    [Fact]
    public async Task What_the_upstream_answers_without_the_events_content_too_is_the_tenants()
    {
        _client.Outcome = AttemptOutcome.Misconfigured;
        Assert.Same(Forbidden, await JudgeAsync(Witnesses.Stranger()));
    }

    [Fact]
    public async Task A_pause_for_a_wrong_key_ends_when_the_key_is_accepted_whatever_the_events_content()
    {
        _gate.Observe("demo", Forbidden, Witnesses.Visitor());
        Assert.False(_gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));

        await JudgeAsync(Witnesses.Stranger());

        Assert.True(_gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));
    }

    [Fact]
    public async Task What_it_answers_to_the_content_alone_is_the_events_own_while_others_are_accepted()
    {
        _gate.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Delivered }, Witnesses.Visitor());

        var report = await JudgeAsync(Witnesses.Stranger());

        Assert.Equal((AttemptOutcome.Refused, true, null), (report.Outcome, report.IsEventsOwn, report.RetryAfter));
    }

    [Fact]
    public async Task While_nothing_is_accepted_the_event_is_tried_again_and_refused_in_the_end()
    {
        var report = await JudgeAsync(Witnesses.Visitor());
        Assert.Equal((AttemptOutcome.NotApplied, null), (report.Outcome, report.RetryAfter));
        Assert.Equal(AttemptOutcome.Refused,
            (await JudgeAsync(Witnesses.Visitor(), DeliveryPolicy.MostAttemptsFromPublicKey)).Outcome);
    }

    [Fact]
    public async Task Without_an_answer_the_event_is_tried_again_and_nobody_is_paused()
    {
        _client.Outcome = AttemptOutcome.InDoubt;
        Assert.Equal(AttemptOutcome.NotApplied, (await JudgeAsync(Witnesses.Stranger())).Outcome);
    }

    [Fact]
    public async Task However_many_events_look_wrong_the_upstream_is_asked_once_in_ten_seconds()
    {
        for (var @event = 0; @event < 100; @event++)
            await JudgeAsync(Witnesses.Stranger());
        Assert.Equal(1, _client.Asked);
        _time.Advance(TimeSpan.FromSeconds(10));

        await JudgeAsync(Witnesses.Stranger());

        Assert.Equal(2, _client.Asked);
    }

    [Fact]
    public async Task While_a_person_has_the_tenant_paused_nobody_is_asked_and_the_event_is_tried_again()
    {
        _gate.Listen(static _ => { });
        _gate.Apply("demo", new TenantTerms { Paused = true }, _time.GetTimestamp());

        Assert.Equal(AttemptOutcome.NotApplied, (await JudgeAsync(Witnesses.Stranger())).Outcome);
        Assert.Equal(0, _client.Asked);
    }

    [Fact]
    public async Task While_the_upstream_wants_no_requests_nobody_is_asked_and_the_event_is_tried_again()
    {
        var hold = TimeSpan.FromSeconds(30);
        _gate.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.NotApplied, Status = 429, RetryAfter = hold },
            Witnesses.Another());
        Assert.Equal(AttemptOutcome.NotApplied, (await JudgeAsync(Witnesses.Stranger())).Outcome);
        Assert.Equal(0, _client.Asked);
        _time.Advance(hold);

        await JudgeAsync(Witnesses.Stranger());

        Assert.Equal(1, _client.Asked);
    }

    [Fact]
    public async Task A_question_that_fails_leaves_nothing_that_fails_the_next_event_too()
    {
        _client.Fault = new InvalidOperationException("The client is broken.");
        await Assert.ThrowsAsync<InvalidOperationException>(() => JudgeAsync(Witnesses.Stranger()));
        _client.Fault = null;

        Assert.Equal(AttemptOutcome.NotApplied, (await JudgeAsync(Witnesses.Stranger())).Outcome);
        Assert.Equal(1, _client.Asked);
    }

    private Task<AttemptReport> JudgeAsync(Witness witness, int attempt = 1)
    {
        var request = new SendRequest("demo", default, default, "browser", _time.GetUtcNow(), ValidUntil: 0);
        var delivery = new StartedDelivery(
            new GuestKey("demo", witness.Guest), 1, attempt, request, TimeSpan.Zero, StartedAt: 0, TraceParent: null,
            witness);
        return _check.JudgeAsync(delivery, Forbidden);
    }

    private sealed class AskedClient : IStreamClient
    {
        public AttemptOutcome Outcome { get; set; } = AttemptOutcome.Delivered;

        public int Asked { get; private set; }

        public Exception? Fault { get; set; }

        public Task<AttemptReport> SendAsync(SendRequest request, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<BrowserIdReport> CreateBrowserIdAsync(string tenant, CancellationToken cancellation)
        {
            Asked++;
            if (Fault is not null)
                throw Fault;
            return Task.FromResult(new BrowserIdReport(null, null, new AttemptReport { Outcome = Outcome }));
        }

        public CircuitStatus Circuit(string tenant) => default;
    }
}
