using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Core.Tests.Memory;

public sealed class MemoryGaugeTests
{
    private readonly FakeTimeProvider _time = new();
    private MemoryReading _reading;
    private int _readings;

    [Theory]
    [InlineData(59, MemoryLevel.Free)]
    [InlineData(60, MemoryLevel.Tight)]
    [InlineData(79, MemoryLevel.Tight)]
    [InlineData(80, MemoryLevel.Scarce)]
    [InlineData(89, MemoryLevel.Scarce)]
    [InlineData(90, MemoryLevel.Full)]
    [InlineData(150, MemoryLevel.Full)]
    public void The_level_follows_the_part_that_is_used(int percent, MemoryLevel level)
    {
        _reading = new MemoryReading(percent, 100);

        Assert.Equal(level, Gauge().Level);
    }

    [Fact]
    public void It_is_read_ten_times_a_second_at_most_however_often_it_is_asked()
    {
        var gauge = Gauge();
        _reading = new MemoryReading(10, 100);
        for (var asked = 0; asked < 1_000; asked++)
            Assert.Equal(MemoryLevel.Free, gauge.Level);
        Assert.Equal(1, _readings);

        _reading = new MemoryReading(95, 100);
        Assert.Equal(MemoryLevel.Free, gauge.Level);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(MemoryLevel.Full, gauge.Level);
        Assert.Equal(2, _readings);
    }

    [Theory]
    [InlineData(40, 0)]
    [InlineData(50, 0)]
    [InlineData(100, 0.5)]
    public void The_surplus_is_what_lies_above_the_limit_for_leaving_less_what_is_spared(int percent, double surplus)
    {
        _reading = new MemoryReading(percent, 100);

        Assert.Equal(surplus, Gauge().Surplus, precision: 6);
    }

    private MemoryGauge Gauge() => new(new MemoryOptions(), _time, () =>
    {
        _readings++;
        return _reading;
    });
}
