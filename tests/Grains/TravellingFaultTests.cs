using GuestSessions.Clustering;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace GuestSessions.Grains.Tests;

/// <summary>What a silo throws and an API host has to understand.</summary>
public sealed class TravellingFaultTests
{
    [Fact]
    public void A_refusal_arrives_as_what_it_is_with_the_databases_failure_within()
    {
        var thrown = new SessionUnavailableException(
            "now", new JournalUnavailableException("no database", new NpgsqlException("broken")));

        var arrived = Assert.IsType<SessionUnavailableException>(Travel(thrown));

        Assert.Equal("now", arrived.Message);
        Assert.IsType<NpgsqlException>(Assert.IsType<JournalUnavailableException>(arrived.InnerException).InnerException);
    }

    [Fact]
    public void The_journals_own_fault_arrives_as_it_is() =>
        Assert.IsType<JournalUnavailableException>(Travel(new JournalUnavailableException("no database")));

    private static Exception Travel(Exception thrown)
    {
        using var services = new ServiceCollection()
            .AddSerializer()
            .Configure<ExceptionSerializationOptions>(ClusterSettings.LetFaultsTravel)
            .BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<Exception>(serializer.SerializeToArray(thrown))!;
    }
}
