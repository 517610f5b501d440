using GuestSessions.Grains.Memory;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests.Memory;

public sealed class GivingBackTests
{
    private const long Megabyte = 1024 * 1024;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private readonly GivingBack _givingBack;
    private long _allocated;

    public GivingBackTests() => _givingBack = new GivingBack(_time);

    [Fact]
    public void When_many_have_left_and_most_is_empty_memory_goes_back()
    {
        Leave(5_000);

        Assert.Equal(GivingBackStep.Give, Next(5_000, used: 100, committed: 200));
    }

    [Fact]
    public void When_most_is_in_use_nothing_stops_for_what_could_go_back()
    {
        Leave(5_000);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(GivingBackStep.None, Next(5_000, used: 101, committed: 200, allocated: 2));
        Assert.Equal(GivingBackStep.Give, Next(5_000, used: 100, committed: 200, allocated: 2));
    }

    [Fact]
    public void While_there_is_no_work_to_stop_a_fifth_is_enough()
    {
        Leave(5_000);

        Assert.Equal(GivingBackStep.None, Next(5_000, used: 161, committed: 200));
        Assert.Equal(GivingBackStep.Give, Next(5_000, used: 160, committed: 200));
    }

    [Fact]
    public void When_few_have_left_or_guests_still_leave_nobody_looks()
    {
        _time.Advance(Calm);
        Assert.Equal(GivingBackStep.None, Next(4_999, used: 1, committed: 200));
        _time.Advance(Calm);
        Assert.Equal(GivingBackStep.None, Next(4_999, used: 1, committed: 200));
        Assert.Equal(GivingBackStep.None, Next(9_000, used: 1, committed: 200));
    }

    [Fact]
    public void However_many_leave_it_happens_once_in_five_minutes()
    {
        Leave(5_000);
        Assert.Equal(GivingBackStep.Give, Next(5_000, used: 1, committed: 200));
        var left = 5_000;
        for (var passed = Calm; passed < Rest; passed += Calm)
        {
            _time.Advance(Calm);
            Assert.Equal(GivingBackStep.None, Next(left, used: 1, committed: 200));
        }

        Leave(left + 5_000);
        Assert.Equal(GivingBackStep.Give, Next(left + 5_000, used: 1, committed: 200));
    }

    [Fact]
    public void A_look_that_found_little_is_over_after_a_minute()
    {
        Leave(5_000);
        Assert.Equal(GivingBackStep.None, Next(5_000, used: 200, committed: 200));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(GivingBackStep.None, Next(5_000, used: 1, committed: 200));
    }

    [Fact]
    public void After_much_work_memory_goes_back_when_it_is_quiet_although_no_guest_left()
    {
        Work(until: 600);
        Quiet(at: 601);
        Assert.Equal(GivingBackStep.Look, Next(0, used: 100, committed: 200, allocated: 601));

        Assert.Equal(GivingBackStep.Give, Next(0, used: 100, committed: 200, allocated: 602));
    }

    [Fact]
    public void While_there_is_work_or_after_little_work_nobody_looks()
    {
        Work(until: 600);
        Work(until: 6_000);

        var rested = new GivingBackTests();
        rested.Work(until: 500);
        rested.Quiet(at: 501);
        Assert.Equal(GivingBackStep.None, rested.Next(0, used: 1, committed: 200, allocated: 501));
    }

    /// <summary>Twenty megabytes in each second, until so many are allocated in all.</summary>
    private void Work(long until)
    {
        for (_allocated += 20; _allocated <= until; _allocated += 20)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(GivingBackStep.None, Next(0, used: 1, committed: 200, allocated: _allocated));
        }
    }

    /// <summary>Next to nothing is allocated, until just before it counts as calm.</summary>
    private void Quiet(long at)
    {
        _time.Advance(Calm - TimeSpan.FromMilliseconds(1));
        Assert.Equal(GivingBackStep.None, Next(0, used: 1, committed: 200, allocated: at));
        _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>So many have left in all, and it is calm: somebody looks.</summary>
    private void Leave(long left)
    {
        Next(left, used: 200, committed: 200);
        _time.Advance(Calm);
        Assert.Equal(GivingBackStep.Look, Next(left, used: 200, committed: 200));
    }

    private GivingBackStep Next(long left, long used, long committed, long allocated = 0) =>
        _givingBack.Next(new MemoryUse(left, allocated * Megabyte, used * Megabyte, committed * Megabyte));
}
