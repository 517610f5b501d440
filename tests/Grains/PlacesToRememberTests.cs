using GuestSessions.Clustering;

namespace GuestSessions.Grains.Tests;

public sealed class PlacesToRememberTests
{
    [Theory]
    [InlineData(100L << 20, 10_000)]
    [InlineData(1L << 30, 65_536)]
    [InlineData(8L << 30, 524_288)]
    [InlineData(64L << 30, 1_000_000)]
    public void A_silo_remembers_the_places_of_as_many_grains_as_its_memory_would_hold(long memory, int places) =>
        Assert.Equal(places, SiloClustering.PlacesToRemember(memory));
}
