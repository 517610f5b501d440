using GuestSessions.Api.Overload;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

/// <summary>The limit before a store that completes requests at a rate: patient callers, crowds and stalls.</summary>
public sealed class AdmissionUnderLoadTests
{
    private const double Bulk = 0.3, Support = 0.5, View = 0.8, Event = 0.9, Critical = 1;

    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new();
    private readonly AdmissionLimit _limit;
    private readonly LimitedStore _store;
    private int _posted;
    private int _refused;
    private int _idle;

    public AdmissionUnderLoadTests()
    {
        _limit = new AdmissionLimit(4_096, Tolerated, _time);
        _store = new LimitedStore(_limit, _time, 6_000);
    }

    [Theory]
    [InlineData(2_500)]
    [InlineData(6_000)]
    [InlineData(20_000)]
    public void A_closed_loop_of_512_views_is_never_refused(double perSecond)
    {
        _store.PerSecond = perSecond;
        _idle = 512;
        _store.Run(Seconds(20), _ => PostIdle());

        Assert.Equal(0, _refused);
        Assert.True(_store.Acknowledged.Max() <= Tolerated);
    }

    [Fact]
    public void A_pause_of_200_ms_refuses_no_patient_caller()
    {
        _idle = 512;
        _store.Run(Seconds(2), _ => PostIdle());
        Pause(0.2);
        _store.Run(Seconds(5), _ => PostIdle());

        Assert.Equal(0, _refused);
    }

    [Fact]
    public void Three_times_the_peak_is_shed_and_what_is_accepted_is_answered_in_time()
    {
        _store.Run(Seconds(20), _ => PostCrowd(18, View));
        _store.Acknowledged.Clear();
        (_posted, _refused) = (0, 0);
        _store.Run(Seconds(10), _ => PostCrowd(18, View));

        Assert.InRange(_store.Acknowledged.Count, 0.98 * 60_000, 60_000);
        Assert.InRange(_refused, 0.6 * _posted, 0.7 * _posted);
        _store.Acknowledged.Sort();
        Assert.InRange(_store.Acknowledged[_store.Acknowledged.Count / 2], TimeSpan.Zero, 0.5 * Tolerated);
        Assert.InRange(_store.Acknowledged[^1], TimeSpan.Zero, 1.3 * Tolerated);
    }

    [Fact]
    public void After_a_crowd_all_is_admitted_again_within_a_second()
    {
        _store.Run(Seconds(10), _ => PostCrowd(18, View));
        _store.Run(Seconds(1), _ => PostCrowd(3, View));
        _refused = 0;
        _store.Run(Seconds(10), _ => PostCrowd(3, View));

        Assert.Equal(0, _refused);
        Assert.Equal(4_096, _limit.Limit);
    }

    [Fact]
    public void A_stall_of_the_store_lowers_the_limit_and_it_recovers()
    {
        _store.Run(Seconds(2), _ => PostCrowd(3, View));
        Pause(3, () => PostCrowd(3, View));
        var stalled = _limit.Limit;
        _store.Run(Seconds(2), _ => PostCrowd(3, View));
        _refused = 0;
        _store.Run(Seconds(10), _ => PostCrowd(3, View));

        Assert.Equal(80, stalled);
        Assert.Equal(0, _refused);
        Assert.Equal(4_096, _limit.Limit);
    }

    [Fact]
    public void Patient_callers_that_a_stall_took_for_a_crowd_are_found_out()
    {
        // 512 of them take 171 ms at this rate. That is tolerated, and more than the limit allows under overload.
        _store.PerSecond = 3_000;
        _idle = 512;
        _store.Run(Seconds(2), _ => PostIdle());
        Pause(3, PostIdle);
        _store.Run(Seconds(1), _ => PostIdle());
        var whileShort = _refused;
        _store.Run(Seconds(4), _ => PostIdle());
        _refused = 0;
        _store.Run(Seconds(20), _ => PostIdle());

        Assert.NotEqual(0, whileShort);
        Assert.Equal(0, _refused);
    }

    [Fact]
    public void The_limit_follows_a_store_that_gets_slower()
    {
        _store.Run(Seconds(10), _ => PostCrowd(18, View));
        var fast = _limit.Limit;
        _store.PerSecond = 2_000;
        _store.Run(Seconds(10), _ => PostCrowd(18, View));

        Assert.InRange(_limit.Limit, 0.3 * fast, 0.4 * fast);
    }

    [Fact]
    public void The_least_important_are_refused_first()
    {
        var parts = new[] { Bulk, Support, View, Event, Critical };
        var refused = new int[parts.Length];
        _store.Run(Seconds(20), _ =>
        {
            for (var kind = 0; kind < parts.Length; kind++)
            {
                for (var post = 0; post < 3; post++)
                {
                    if (!_store.Post(parts[kind], static () => { }))
                        refused[kind]++;
                }
            }
        });

        Assert.Equal(refused.OrderDescending(), refused);
        Assert.True(refused[0] > 0.9 * 3 * 20_000);
        Assert.True(refused[^1] < 0.05 * 3 * 20_000);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Pause(double seconds, Action? each = null)
    {
        var perSecond = _store.PerSecond;
        _store.PerSecond = 0;
        _store.Run(Seconds(seconds), _ => each?.Invoke());
        _store.PerSecond = perSecond;
    }

    /// <summary>Each caller that has its answer posts again; one that is refused does so in the next millisecond.</summary>
    private void PostIdle()
    {
        for (var callers = _idle; callers > 0; callers--)
        {
            if (_store.Post(View, () => _idle++))
                _idle--;
            else
                _refused++;
        }
    }

    private void PostCrowd(int posts, double part)
    {
        for (var post = 0; post < posts; post++)
        {
            _posted++;
            if (!_store.Post(part, static () => { }))
                _refused++;
        }
    }
}
